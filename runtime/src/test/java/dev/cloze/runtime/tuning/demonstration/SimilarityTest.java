package dev.cloze.runtime.tuning.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Demonstrations that are like the input: which are, and that both methods train, answer, save and load with them. */
class SimilarityTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final ClassificationTask<Review, Sentiment> TASK = Reviews.builder()
            .tuning(TaskTuning.of(TuningMethod.LM_BFF, "cloze-tiny-en"))
            .build();

    @TempDir
    Path folder;

    /** Sixteen examples in the plane, example i at about i times ten degrees, eight of each of two labels in turn. */
    @Test
    void halfOfEachLabelsShareIsLikeEnoughAndOneFewerInTraining() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            DemonstrationPool pool = pool(model);
            float[][] vectors = new float[16][];
            for (int i = 0; i < 16; i++) {
                vectors[i] = at(10 * i + 0.1 * i * i);
            }
            Similarity similarity = new Similarity(pool, vectors);
            // int(16 // 2 * 0.5) = 4 for an input, int(15 // 2 * 0.5) = 3 in training
            assertThat(similarity.likeEnough(at(41), 0, -1)).containsExactly(4, 2, 6, 0);
            assertThat(similarity.likeEnough(at(41), 1, -1)).containsExactly(3, 5, 1, 7);
            assertThat(similarity.likeEnough(vectors[4], 0, 4)).containsExactly(2, 6, 0);
            assertThat(similarity.candidates().of(4, 1)).containsExactly(3, 5, 1);
            assertThat(similarity.with(0, at(60))).isCloseTo(0.5, within(1e-6));
            int[][] sets = similarity.oneOfEach(at(41), 4, 7);
            assertThat(Arrays.stream(sets).map(set -> set[0])).containsExactlyInAnyOrder(0, 2, 4, 6);
            assertThat(Arrays.stream(sets).map(set -> set[1])).containsExactlyInAnyOrder(1, 3, 5, 7);
            // The likest stands last.
            assertThat(SimilarSets.likest(at(41), pool, similarity, 1, 2, 100_000)[0])
                    .containsExactly(2, 5, 3, 4);
            assertThat(SimilarSets.likest(at(41), pool, similarity, 2, 1, 100_000))
                    .isDeepEqualTo(new int[][] {{3, 4}, {2, 5}});
            int two = IntStream.range(0, 16)
                            .map(example -> pool.at(example).length())
                            .max()
                            .orElseThrow()
                    * 2;
            int[][] shown = SimilarSets.likest(at(41), pool, similarity, 2, 8, two);
            assertThat(shown[0]).contains(3, 4);
            assertThat(shown[1]).as("goes on where the first set ended").doesNotContain(shown[0]);
            assertThat(shown[1]).containsAnyOf(2, 5, 6, 1);
            assertThat(Arrays.stream(similarity.oneOfEach(at(41), 16, 7)).map(Arrays::toString))
                    .as("four likest of each label are sixteen pairs")
                    .doesNotHaveDuplicates();
        }
    }

    private static float[] at(double degrees) {
        return new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
    }

    @ParameterizedTest
    @EnumSource(names = {"LM_BFF", "IN_CONTEXT"})
    void bothMethodsAnswerTheSameAfterSavingAndLoadingAndGiveTheModelsBack(TuningMethod method) {
        int open = OpenModels.count();
        Path saved = folder.resolve("saved");
        List<Review> inputs = EXAMPLES.stream().map(Labeled::input).toList();
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> tuned = trainer(method).fit(EXAMPLES, EXAMPLES)) {
            before = tuned.predict(inputs);
            assertThat(tuned.predict(inputs.get(3)))
                    .as("whatever else is asked")
                    .extracting(one -> one.label())
                    .isEqualTo(before.get(3).label());
            tuned.save(saved);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(TASK, saved)) {
            assertThat(loaded.predict(inputs)).isEqualTo(before);
        }
        assertThat(OpenModels.count()).isEqualTo(open);
    }

    private static PromptTrainer<Review, Sentiment> trainer(TuningMethod method) {
        return PromptTrainer.of(TASK)
                .method(method)
                .quiet()
                .options(options -> method == TuningMethod.LM_BFF
                        ? options.withMaxSteps(6)
                                .withBatchSize(4)
                                .with(LmBffOptions.SETS, 2)
                                .with(LmBffOptions.DEV_SETS, 1)
                                .with(DemonstrationOptions.SIMILARITY, "cloze-tiny-en")
                        : options.with(InContextOptions.DEMONSTRATIONS, 2)
                                .with(DemonstrationOptions.SIMILARITY, "cloze-tiny-en"));
    }

    /** A sentence encoder without a masked-LM head: sentences that say the same are nearer than others. */
    @Test
    void aSentenceEncoderFindsWhatMeansTheSame() {
        Path path = RealModels.folder("all-MiniLM-L6-v2");
        try (LanguageModel encoder = LanguageModel.open(path.toString())) {
            float[][] vectors = new SentenceVectors(encoder)
                    .of(List.of(
                            Map.of("text", "The staff were very kind to us."),
                            Map.of("text", "Everybody at the hotel was friendly and helpful."),
                            Map.of(
                                    "text",
                                    "The battery of this phone is empty after an hour, however little you use it.")));
            double alike = dot(vectors[0], vectors[1]);
            assertThat(dot(vectors[0], vectors[0])).isCloseTo(1, within(1e-5));
            assertThat(alike).isGreaterThan(0.4).isGreaterThan(dot(vectors[0], vectors[2]) + 0.3);
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static DemonstrationPool pool(LanguageModel model) {
        LabelTask task = LabelTask.of(TASK);
        DemonstratedTemplate template = DemonstratedTemplate.of(
                task,
                task.templates().get(0),
                model,
                new DemonstrationRoom(OptionalInt.empty(), OptionalInt.empty(), true),
                Place.BEHIND);
        LabeledValues examples = new LabeledValues(
                new InputValues<>(EXAMPLES.stream().map(Labeled::input).toList(), TASK.placeholders()),
                EXAMPLES.stream().mapToInt(one -> one.label().ordinal()).toArray());
        return new DemonstrationPool(template, examples, 2);
    }
}
