package dev.cloze.runtime.tuning.ipet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.Combination;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.patterns.PatternModel;
import dev.cloze.runtime.tuning.patterns.PatternProduct;
import dev.cloze.runtime.tuning.patterns.PatternRun;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.unlabeled.ScoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others label for a model: four models, two of each template, whose scores say which of them spoke. */
class GenerationsTest {

    private static final int MODELS = 4;
    private static final int TEXTS = 120;

    private static final ClassificationTask<Review, Sentiment> TASK = Reviews.builder()
            .template(
                    "Just {mask}! {text}",
                    Map.of(Sentiment.POSITIVE, List.of("wonderful"), Sentiment.NEGATIVE, List.of("awful")))
            .tuning(TaskTuning.of(TuningMethod.IPET, "cloze-tiny-en"))
            .build();
    private static final LabeledValues TRAIN =
            LabeledValues.of(TASK, Reviews.examples().subList(0, 8), "training example");
    /** Four of the first label, which the first template always says, and three of the other, which the second does. */
    private static final LabeledValues UNEVEN =
            LabeledValues.of(TASK, Reviews.examples().subList(0, 7), "training example");

    private static final LabeledValues NONE = new LabeledValues(List.of(), new int[0]);

    /** What a model says of a text: raw scores of both labels. */
    private interface Scores {
        float[] of(int model, int text);
    }

    /** Each model is sure that every fourth text has the second label, beginning with its own number. */
    private static final Scores OWN_BLOCK =
            (model, text) -> text % MODELS == model ? new float[] {0, 60} : new float[] {10, 0};

    @TempDir
    Path folder;

    @Test
    void oneOfThreeOthersLabelsAQuarter() {
        Set<String> pairs = new TreeSet<>();
        for (long seed = 0; seed < 12; seed++) {
            labeled(TRAIN, options(.25, Combination.UNIFORM, seed), 1, OWN_BLOCK, (examples, run) -> {
                for (int model = 0; model < MODELS; model++) {
                    Set<Integer> labelers = labelers(examples.get(model));
                    assertThat(labelers).hasSize(1).doesNotContain(model);
                    pairs.add(model + "-" + labelers.iterator().next());
                }
            });
        }
        assertThat(pairs).as("each other model labels once for each").hasSize(MODELS * (MODELS - 1));
    }

    @Test
    void aLargerShareIsMergedAndTheModelItselfIsNeverAmongIt() {
        labeled(TRAIN, options(.67, Combination.UNIFORM, 3), 1, OWN_BLOCK, (examples, run) -> {
            for (int model = 0; model < MODELS; model++) {
                assertThat(labelers(examples.get(model))).hasSize(2).doesNotContain(model);
            }
        });
        labeled(TRAIN, options(1, Combination.UNIFORM, 3), 1, OWN_BLOCK, (examples, run) -> {
            for (int model = 0; model < MODELS; model++) {
                assertThat(labelers(examples.get(model))).hasSize(3).doesNotContain(model);
            }
        });
    }

    @Test
    void aGenerationHasTheLabelledExamplesAndItsQuotaOfEachLabel() {
        labeled(TRAIN, options(1, Combination.UNIFORM, 3), 1, OWN_BLOCK, (examples, run) -> {
            for (LabeledValues one : examples) {
                assertThat(one.inputs().subList(0, TRAIN.size())).isEqualTo(TRAIN.inputs());
                assertThat(counts(one)).as("4 of 8 and 16 of 32 more").containsExactly(20, 20);
            }
        });
        labeled(TRAIN, options(1, Combination.UNIFORM, 3), 2, OWN_BLOCK, (examples, run) -> {
            for (LabeledValues one : examples) {
                assertThat(counts(one)).as("half of the texts instead of 192").containsExactly(34, 34);
            }
        });
        Scores neverSecond = (model, text) -> new float[] {1, 0};
        labeled(TRAIN, options(1, Combination.UNIFORM, 3), 1, neverSecond, (examples, run) -> {
            for (LabeledValues one : examples) {
                assertThat(counts(one)).containsExactly(20, 4);
            }
        });
    }

    /** The third and the fourth diverged, then all but the first. */
    @Test
    void thoseThatDivergedLabelNothingAndTheOthersGoOn() {
        labeled(TRAIN, options(1, Combination.UNIFORM, 3), 2, OWN_BLOCK, 2, (examples, run) -> {
            assertThat(examples).as("a new generation is whole again").hasSize(MODELS);
            assertThat(labelers(examples.get(0))).containsExactly(1);
            assertThat(labelers(examples.get(1))).containsExactly(0);
            assertThat(labelers(examples.get(2))).containsExactly(0, 1);
            assertThat(labelers(examples.get(3))).containsExactly(0, 1);
        });
        labeled(TRAIN, options(1, Combination.UNIFORM, 3), 2, OWN_BLOCK, 1, (examples, run) -> {
            for (int model = 0; model < MODELS; model++) {
                assertThat(labelers(examples.get(model)))
                        .as("the only one that is left labels for itself too")
                        .containsExactly(0);
            }
        });
    }

    /** The first template's other model says the one label, and both of the second template's the other. */
    @Test
    void whatTheyCountIsTheAccuracyOfTheirTemplates() {
        double[] accuracies = accuracies();
        double own = accuracies[0];
        double other = accuracies[2];
        assertThat(other).isPositive().isLessThan(own);
        // Between the two limits: of equal weights the two win, of these the one.
        float loud = (float) (2 * Math.sqrt(other / own));
        Scores torn = (model, text) -> model < 2 ? new float[] {0, loud} : new float[] {1, 0};
        labeled(UNEVEN, options(1, Combination.UNIFORM, 3), 1, torn, (examples, run) -> assertThat(
                        counts(examples.get(0)))
                .as("4 of 7, and 16 of 28 more")
                .containsExactly(20, 3));
        labeled(UNEVEN, options(1, Combination.WEIGHTED, 3), 1, torn, (examples, run) -> assertThat(
                        counts(examples.get(0)))
                .as("3 of 7, and 12 of 28 more")
                .containsExactly(4, 15));
    }

    /** There are no labelled examples to be accurate on. */
    @Test
    void withoutLabelledExamplesAllCountTheSame() {
        for (float loud : new float[] {1.9f, 2.1f}) {
            Scores torn = (model, text) -> model < 2 ? new float[] {0, loud} : new float[] {1, 0};
            labeled(NONE, options(1, Combination.WEIGHTED, 3), 1, torn, (examples, run) -> {
                assertThat(run.weights(before(torn), NONE)).containsOnly(1);
                assertThat(counts(examples.get(0)))
                        .as("25 of 50")
                        .containsExactly(loud > 2 ? 0 : 25, loud > 2 ? 25 : 0);
            });
        }
    }

    /** The most likely of each label, though the second is predicted of none. */
    @Test
    void theFirstGenerationWithoutLabelledExamplesHasTenOfTheMostLikely() {
        Scores rising = (model, text) -> new float[] {10, text / 100f};
        labeled(NONE, options(.25, Combination.WEIGHTED, 3), 0, rising, (examples, run) -> {
            for (LabeledValues one : examples) {
                assertThat(counts(one)).containsExactly(5, 5);
                assertThat(texts(one, 1)).allMatch(text -> text >= TEXTS - NewExamples.MOST_LIKELY);
            }
        });
    }

    private double[] accuracies() {
        double[][] found = new double[1][];
        labeled(
                UNEVEN,
                options(1, Combination.WEIGHTED, 3),
                1,
                OWN_BLOCK,
                (examples, run) -> found[0] = run.weights(before(OWN_BLOCK), UNEVEN));
        assertThat(found[0][0]).isEqualTo(found[0][1]);
        assertThat(found[0][2]).isEqualTo(found[0][3]);
        return found[0];
    }

    private static UnaryOperator<TrainingOptions> options(double share, Combination combination, long seed) {
        return options -> options.withSeed(seed)
                .with(PetOptions.REPETITIONS, 2)
                .with(PetOptions.MODELS_SHARE, share)
                .with(PetOptions.COMBINATION, combination);
    }

    private interface Look {
        void at(List<LabeledValues> examples, PatternRun run);
    }

    /** The examples of a generation's models after models that said this. */
    private void labeled(
            LabeledValues train, UnaryOperator<TrainingOptions> change, int generation, Scores scores, Look look) {
        labeled(train, change, generation, scores, MODELS, look);
    }

    /** @param left models of the generation before that did not diverge */
    private void labeled(
            LabeledValues train,
            UnaryOperator<TrainingOptions> change,
            int generation,
            Scores scores,
            int left,
            Look look) {
        TuningRequest<dev.cloze.runtime.tuning.LabelProduct> request = new TuningRequest<>(
                new TrainingRequest(change, List.of(), true), GenerationsTest::unlabeled, (product, record, to) -> {});
        try (LanguageModel model = LanguageModel.open(TASK.tuning().backbone())) {
            LabelTask task = LabelTask.of(TASK);
            TrainingOptions options = PatternProduct.options(task, request.training(), model, true);
            IpetPlan plan = new IpetPlan(task, options, false);
            try (PatternRun run =
                    new PatternRun(task, model, options, request, plan.work(), plan::labels, List.of(train))) {
                look.at(
                        new Generations(run, train, NONE, List.of("POSITIVE", "NEGATIVE"))
                                .examples(generation, before(scores).subList(0, left)),
                        run);
            }
        }
    }

    private static void unlabeled(Consumer<Map<String, String>> each) {
        IntStream.range(0, TEXTS).forEach(i -> each.accept(Map.of("text", "number " + i)));
    }

    private List<PatternModel> before(Scores scores) {
        List<PatternModel> before = new ArrayList<>();
        for (int m = 0; m < MODELS; m++) {
            int model = m;
            String name = "generation-1-pattern-" + (m / 2 + 1) + "-" + (m % 2 + 1);
            List<float[]> rows = IntStream.range(0, TEXTS)
                    .mapToObj(text -> scores.of(model, text))
                    .toList();
            try {
                Path left = Files.createDirectories(folder.resolve(name));
                ScoreFile.write(left.resolve("scores.bin"), rows);
                before.add(
                        new PatternModel(name, m / 2, new FinishedStep(left, name), new PatternModel.Outcome(.5, "")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return before;
    }

    /** The models in whose blocks the new texts of the second label are. */
    private static Set<Integer> labelers(LabeledValues examples) {
        return texts(examples, 1).stream().map(text -> text % MODELS).collect(Collectors.toSet());
    }

    private static List<Integer> texts(LabeledValues examples, int label) {
        return IntStream.range(0, examples.size())
                .filter(i -> examples.labels()[i] == label)
                .mapToObj(i -> String.valueOf(examples.inputs().get(i).get("text")))
                .filter(text -> text.startsWith("number "))
                .map(text -> Integer.valueOf(text.substring("number ".length())))
                .toList();
    }

    private static int[] counts(LabeledValues examples) {
        int[] counts = new int[2];
        for (int label : examples.labels()) {
            counts[label]++;
        }
        return counts;
    }
}
