package dev.cloze.runtime.tuning.lmbff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.SentenceGoldens;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.demonstration.DemonstratedTemplate;
import dev.cloze.runtime.tuning.demonstration.DemonstrationPool;
import dev.cloze.runtime.tuning.demonstration.DemonstrationRoom;
import dev.cloze.runtime.tuning.demonstration.DrawnDemonstrations;
import dev.cloze.runtime.tuning.demonstration.Place;
import dev.cloze.runtime.tuning.demonstration.SentenceVectors;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter of demonstrations by similarity, of pairs of texts, in training too. */
class SimilarTextsTest {

    enum Answer {
        YES,
        NO
    }

    record Pair(String first, String second) {}

    private static final List<Labeled<Pair, Answer>> EXAMPLES = List.of(
            new Labeled<>(new Pair("The soup was cold.", "The food was bad."), Answer.YES),
            new Labeled<>(new Pair("The soup was cold.", "The train was late."), Answer.NO),
            new Labeled<>(new Pair("A man plays the guitar.", "Somebody makes music."), Answer.YES),
            new Labeled<>(new Pair("A man plays the guitar.", "The shop is closed."), Answer.NO),
            new Labeled<>(new Pair("The phone broke at once.", "It did not last."), Answer.YES),
            new Labeled<>(new Pair("The phone broke at once.", "He likes the sea."), Answer.NO),
            new Labeled<>(new Pair("Prices rose in May.", "Things cost more."), Answer.YES),
            new Labeled<>(new Pair("Prices rose in May.", "She sings well."), Answer.NO));

    @TempDir
    private Path folder;

    private static ClassificationTask<Pair, Answer> task(String encoder) {
        return ClassificationTask.of(Pair.class, Answer.class)
                .template("{first} {sep} {mask}, {second}")
                .placeholder("first", Pair::first)
                .placeholder("second", Pair::second)
                .label(Answer.YES, "yes")
                .label(Answer.NO, "no")
                .tuning(TaskTuning.of(TuningMethod.LM_BFF, "cloze-tiny-en").with("similarity", encoder))
                .build();
    }

    @Test
    void aPairIsOneTextWithASpaceBetween() {
        try (LanguageModel encoder = LanguageModel.open("cloze-tiny-en")) {
            Map<String, String> pair = new LinkedHashMap<>();
            pair.put("first", "The soup was cold.");
            pair.put("second", "The food was bad.");
            SentenceVectors vectors = new SentenceVectors(encoder);
            float[][] both = vectors.of(List.of(pair, Map.of("text", "The soup was cold. The food was bad.")));
            assertThat(both[0]).containsExactly(both[1], within(1e-6f));
        }
    }

    /** Eight examples of two labels: int(7 // 2 * 0.5) = 1 of each label is like enough to be shown with another. */
    @Test
    void trainingDrawsAmongThoseAloneThatAreLikeEnough() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            DrawnDemonstrations draws =
                    (DrawnDemonstrations) texts(model, model).examples();
            float[][] vectors = new SentenceVectors(model).of(examples().inputs());
            for (int example = 0; example < EXAMPLES.size(); example++) {
                Set<List<Integer>> drawn = new HashSet<>();
                for (long seed = 0; seed < 30; seed++) {
                    drawn.add(IntStream.of(draws.draw(example, seed)).boxed().toList());
                }
                assertThat(drawn)
                        .as("example %d", example)
                        .containsExactly(
                                List.of(nearest(vectors, example, Answer.YES), nearest(vectors, example, Answer.NO)));
            }
        }
    }

    private static LabeledValues examples() {
        return LabeledValues.of(task("cloze-tiny-en"), EXAMPLES, "training example");
    }

    private static TrainingTexts texts(LanguageModel model, LanguageModel encoder) {
        LabelTask task = LabelTask.of(task("cloze-tiny-en"));
        DemonstratedTemplate template = DemonstratedTemplate.of(
                task,
                task.templates().get(0),
                model,
                new DemonstrationRoom(OptionalInt.empty(), OptionalInt.empty(), true),
                Place.BEHIND);
        TrainingOptions options =
                TrainingOptions.defaults().with(LmBffOptions.SETS, 2).with(LmBffOptions.DEV_SETS, 1);
        return SimilarTexts.of(task, template, new DemonstrationPool(template, examples(), 2), encoder, options);
    }

    /** A training of before that went by other vectors is no beginning of this one. */
    @Test
    void aTrainingIsKnownByWhatItsVectorsAreMadeOf() throws IOException {
        Path encoder = SentenceGoldens.folder(folder.resolve("encoder"), "cls", false);
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en");
                LanguageModel first = LanguageModel.open(encoder.toString())) {
            assertThat(texts(model, first).identity()).containsEntry("similarity.states", "PLACES");
            assertThat(texts(model, model).identity()).containsOnlyKeys("demonstrations", "similarity");
        }
        TrainingOptions options = TrainingOptions.defaults().with(DemonstrationOptions.SIMILARITY, encoder.toString());
        assertThat(LmBffStrategy.encoder(options)).containsEntry("similarity.states", "PLACES");
        assertThat(LmBffStrategy.encoder(options.with(DemonstrationOptions.SIMILARITY, "cloze-tiny-en")))
                .containsOnlyKeys("similarity", "similarity's tokenizer");
        assertThat(OpenModels.count()).isZero();
    }

    private static int nearest(float[][] vectors, int example, Answer label) {
        return IntStream.range(0, vectors.length)
                .filter(other -> other != example && EXAMPLES.get(other).label() == label)
                .boxed()
                .max(Comparator.comparingDouble(other -> cosine(vectors[example], vectors[other])))
                .orElseThrow();
    }

    private static double cosine(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    @Test
    void aSentenceEncoderWithoutAHeadChoosesInTrainingAndAfterLoadingToo() {
        String encoder = RealModels.folder("all-MiniLM-L6-v2").toString();
        ClassificationTask<Pair, Answer> task = task(encoder);
        List<Pair> asked = new ArrayList<>();
        EXAMPLES.forEach(example -> asked.add(example.input()));
        Path saved = folder.resolve("saved");
        List<Prediction<Answer>> before;
        try (PromptPipeline<Pair, Answer> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(4)
                        .withBatchSize(4)
                        .with(LmBffOptions.SETS, 1)
                        .with(LmBffOptions.DEV_SETS, 1)
                        .with(DemonstrationOptions.SIMILARITY, encoder))
                .fit(EXAMPLES)) {
            before = tuned.predict(asked);
            tuned.save(saved);
        }
        try (PromptPipeline<Pair, Answer> loaded = PromptPipeline.load(task, saved)) {
            assertThat(loaded.predict(asked)).isEqualTo(before);
        }
    }
}
