package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prototypes and words that answer together: the mean of their standard scores. */
class PrototypesWithWordsTest {

    private static final List<String> LABELS = List.of("good", "bad", "fair");

    private static final ClassificationTask<Review, String> TASK = ClassificationTask.of(Review.class, String.class)
            .template("{text} It was {mask}.")
            .placeholder("text", Review::text)
            .label("good", "great", "good")
            .label("bad", "terrible", "bad")
            .label("fair", "average")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
            .build();

    /** Every third one fair, so that words and prototypes have something to differ in. */
    private static final List<Labeled<Review, String>> EXAMPLES = IntStream.range(
                    0, Reviews.examples().size())
            .mapToObj(i -> new Labeled<>(Reviews.examples().get(i).input(), LABELS.get(i % 3 == 2 ? 2 : i % 2)))
            .toList();

    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();

    @TempDir
    private Path folder;

    @Test
    void standardScoresAreLessTheirMeanOverTheirDeviation() {
        assertThat(PrototypeVerbalization.standard(new float[] {1, 2, 3})).containsExactly(-1, 0, 1);
        assertThat(PrototypeVerbalization.standard(new float[] {2, 2, 2})).containsExactly(0, 0, 0);
    }

    /** The model that both score by is tuned by the words in each case, so that it is the same one. */
    @Test
    void theScoreIsTheMeanOfBothStandardScores() {
        List<double[]> words = scores(options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.WORDS));
        List<double[]> prototypes = scores(PrototypesWithWordsTest::prototypes);
        List<double[]> together = scores(PrototypesWithWordsTest::withWords);
        for (int i = 0; i < together.size(); i++) {
            double[] one = standard(words.get(i));
            double[] other = standard(prototypes.get(i));
            for (int label = 0; label < LABELS.size(); label++) {
                assertThat(centred(together.get(i))[label])
                        .as("text %d, %s", i, LABELS.get(label))
                        .isCloseTo((one[label] + other[label]) / 2, within(1e-3));
            }
        }
    }

    @Test
    void anArchiveAnswersByBoth() {
        Path saved = folder.resolve("saved");
        List<Prediction<String>> answers;
        try (PromptPipeline<Review, String> tuned = tuned(PrototypesWithWordsTest::withWords)) {
            tuned.save(saved);
            answers = tuned.predict(INPUTS);
        }
        assertThat(answers).allSatisfy(one -> assertThat(one.words()).hasSize(5));
        try (PromptPipeline<Review, String> loaded = PromptPipeline.load(TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
    }

    private static TrainingOptions prototypes(TrainingOptions options) {
        return options.with(VerbalizerOptions.KIND, VerbalizerKind.PROTOTYPES);
    }

    private static TrainingOptions withWords(TrainingOptions options) {
        return prototypes(options).with(VerbalizerOptions.WITH_WORDS, true);
    }

    private static PromptPipeline<Review, String> tuned(UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(TASK)
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(6).withLearningRate(1e-3)))
                .fit(EXAMPLES);
    }

    /** Log-probabilities by label, which are the scores but for a number that is the same for all labels. */
    private static List<double[]> scores(UnaryOperator<TrainingOptions> change) {
        try (PromptPipeline<Review, String> pipeline = tuned(change)) {
            return pipeline.predict(INPUTS).stream()
                    .map(Prediction::probabilities)
                    .map(PrototypesWithWordsTest::logs)
                    .toList();
        }
    }

    private static double[] logs(Map<String, Double> probabilities) {
        return LABELS.stream()
                .mapToDouble(label -> Math.log(probabilities.getOrDefault(label, Double.NaN)))
                .toArray();
    }

    private static double[] centred(double[] scores) {
        double mean = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .average()
                .orElseThrow();
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i] - mean)
                .toArray();
    }

    /** By hand: three labels, and one degree of freedom less. */
    private static double[] standard(double[] scores) {
        double[] centred = centred(scores);
        double squares = centred[0] * centred[0] + centred[1] * centred[1] + centred[2] * centred[2];
        return IntStream.range(0, 3)
                .mapToDouble(i -> centred[i] / Math.sqrt(squares / 2))
                .toArray();
    }
}
