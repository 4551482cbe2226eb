package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long label word beside short ones. */
class UnevenWordsPipelineTest {

    private static final String LONG = "unforgettable";
    private static final Review REVIEW = new Review("A warm, funny film with a lovely cast.");

    @ParameterizedTest
    @ValueSource(strings = {"cloze-tiny-en", "models/lm-tiny/src/main/resources/dev/cloze/models/cloze-lm-tiny-en"})
    void theMeanDividesTheLogProbabilityByTheTokens(String model) {
        try (ClozePipeline<Review> words = ClozePipeline.zeroShot(ClozeTask.of(Review.class)
                        .template("{text} It was {mask}")
                        .placeholder("text", Review::text)
                        .candidates("bad", LONG)
                        .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model))
                        .build());
                LanguageModel opened = LanguageModel.open(model)) {
            ClozeAnswer answer = words.predict(REVIEW);
            double bad = answer.of("bad").orElseThrow().logProbability();
            double other = answer.of(LONG).orElseThrow().logProbability();
            CompiledTask task = compiled(task(model, MultiTokenWords.JOINT_MEAN).build(), opened);
            int[] tokens = task.verbalizer().words().stream()
                    .mapToInt(word -> word.tokens().length)
                    .toArray();
            assertThat(tokens[0]).isGreaterThan(tokens[1]);

            assertThat(odds(model, MultiTokenWords.JOINT)).isCloseTo(other - bad, within(1e-3));
            assertThat(odds(model, MultiTokenWords.JOINT_MEAN))
                    .isCloseTo(other / tokens[0] - bad / tokens[1], within(1e-3));
        }
    }

    @Test
    void trainingSeesTheSameMean() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            for (LabelLoss loss : LabelLoss.values()) {
                CompiledTask sum =
                        compiled(task("cloze-tiny-en", MultiTokenWords.JOINT).build(), model);
                CompiledTask mean = compiled(
                        task("cloze-tiny-en", MultiTokenWords.JOINT_MEAN).build(), model);
                int length = sum.verbalizer().words().get(0).tokens().length;
                assertThat(weights(sum, loss)).containsExactly(new double[] {length, 1}, within(1e-6));
                assertThat(weights(mean, loss)).containsExactly(new double[] {1, 1}, within(1e-6));
            }
        }
    }

    @Test
    void oneLongWordAmongOthersIsWarnedOf() {
        List<String> sum = Logged.during(() -> open(task("cloze-tiny-en", MultiTokenWords.PARALLEL)));
        assertThat(sum)
                .anySatisfy(line -> assertThat(line)
                        .contains("[VerbalizerMultiTokenWord]", LONG, "makes POSITIVE improbable by its length"))
                .anySatisfy(line -> assertThat(line).contains("write calibration = Calibration.PMI"));
        assertThat(Logged.during(() -> open(task("cloze-tiny-en", MultiTokenWords.PARALLEL))))
                .as("it is said once")
                .noneMatch(line -> line.contains("VerbalizerMultiTokenWord"));
    }

    @Test
    void whereLengthIsTakenOutNothingIsWarnedOf() {
        for (ClassificationTask.Builder<Review, Sentiment> task : List.of(
                task("cloze-tiny-en", MultiTokenWords.JOINT_MEAN),
                task("cloze-tiny-en", MultiTokenWords.FIRST),
                task("cloze-tiny-en", MultiTokenWords.LEFT_TO_RIGHT).calibration(Calibration.PMI))) {
            assertThat(Logged.during(() -> open(task))).noneMatch(line -> line.contains("VerbalizerMultiTokenWord"));
        }
    }

    private static void open(ClassificationTask.Builder<Review, Sentiment> task) {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task.build())) {
            assertThat(pipeline.predict(REVIEW).probability()).isBetween(0.5, 1.0);
        }
    }

    private static double odds(String model, MultiTokenWords choice) {
        try (PromptPipeline<Review, Sentiment> pipeline =
                PromptPipeline.zeroShot(task(model, choice).build())) {
            Prediction<Sentiment> prediction = pipeline.predict(REVIEW);
            return Math.log(Objects.requireNonNull(prediction.probabilities().get(Sentiment.POSITIVE)))
                    - Math.log(Objects.requireNonNull(prediction.probabilities().get(Sentiment.NEGATIVE)));
        }
    }

    /** How often each label's tokens count. */
    private static double[] weights(CompiledTask task, LabelLoss loss) {
        double[] sums = new double[2];
        for (LabelProjection projection : LabelProjection.of(task.verbalizer(), loss)) {
            for (float[] ofToken : projection.weights()) {
                Arrays.setAll(sums, label -> sums[label] + ofToken[label]);
            }
        }
        return sums;
    }

    private static CompiledTask compiled(ClassificationTask<Review, Sentiment> task, LanguageModel model) {
        LabelTask declared = LabelTask.of(task);
        return CompiledTask.of(declared, declared.templates().get(0), model);
    }

    private static ClassificationTask.Builder<Review, Sentiment> task(String model, MultiTokenWords choice) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} It was {mask}")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, LONG)
                .label(Sentiment.NEGATIVE, "bad")
                .multiTokenWords(choice)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model));
    }
}
