package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PromptPipelineTest {

    private static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();

    @Test
    void probabilitiesSumToOneAndTheLabelIsTheMostProbable() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            Prediction<Sentiment> prediction = pipeline.predict(INPUTS.get(0));
            double sum = prediction.probabilities().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(sum).isCloseTo(1, within(1e-6));
            assertThat(prediction.probability())
                    .isEqualTo(prediction.probabilities().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow());
            assertThat(prediction.words())
                    .extracting(WordProbability::word)
                    .hasSize(4)
                    .contains("great", "terrible");
        }
    }

    @Test
    void manyAtOnceGiveWhatEachGivesAlone() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            List<Prediction<Sentiment>> together = pipeline.predict(INPUTS);
            for (int i = 0; i < INPUTS.size(); i++) {
                Prediction<Sentiment> alone = pipeline.predict(INPUTS.get(i));
                assertThat(together.get(i).label()).isEqualTo(alone.label());
                assertThat(together.get(i).probability()).isCloseTo(alone.probability(), within(1e-5));
            }
        }
    }

    @Test
    void sixteenThreadsGetWhatOneThreadGets() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            List<Prediction<Sentiment>> expected =
                    INPUTS.stream().map(pipeline::predict).toList();
            List<Future<List<Prediction<Sentiment>>>> results = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                results.add(threads.submit(
                        () -> INPUTS.stream().map(pipeline::predict).toList()));
            }
            for (Future<List<Prediction<Sentiment>>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClosedPipelineSaysSoAndClosingTwiceIsHarmless() {
        PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK);
        pipeline.close();
        pipeline.close();
        assertThatThrownBy(() -> pipeline.predict(INPUTS.get(0)))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED));
    }

    @Test
    void closingWhileOthersPredictNeverCrashes() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK);
                List<Future<Integer>> counts = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    counts.add(threads.submit(() -> predictUntilClosed(pipeline)));
                }
                Thread.sleep(5);
                pipeline.close();
                for (Future<Integer> count : counts) {
                    assertThat(count.get()).isNotNegative();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int predictUntilClosed(PromptPipeline<Review, Sentiment> pipeline) {
        for (int i = 0; ; i++) {
            try {
                pipeline.predict(INPUTS.get(i % INPUTS.size()));
            } catch (ClozeException e) {
                assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED);
                return i;
            }
        }
    }

    @Test
    void trainingLearnsWhatItIsShown() {
        List<Labeled<Review, Sentiment>> examples = Reviews.examples();
        double before;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            before = zero.evaluate(examples).accuracy();
        }
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(60).withEvaluateEvery(20))
                .fit(examples, examples)) {
            assertThat(tuned.evaluate(examples).accuracy())
                    .isGreaterThan(before)
                    .isGreaterThan(0.9);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not check for nulls
    void inputsOfEveryKindAreAnsweredOrRefusedByName() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            for (String text : List.of(
                    "",
                    " \t\n ",
                    "x".repeat(100_000),
                    "word ".repeat(20_000),
                    "\uD83D\uDE00\uD83D\uDE80\uD83C\uDFFD",
                    "\u05E9\u05DC\u05D5\u05DD \u202E abc",
                    "\u200B\u200D\uFEFF",
                    "\u0000\u0001\u0007\u001B",
                    "\uD800",
                    "a\uDC00b\uD83D",
                    "[MASK] [CLS] [SEP] [PAD] {mask} {text} <mask> </s>")) {
                Prediction<Sentiment> prediction = pipeline.predict(new Review(text));
                assertThat(prediction.probability()).isBetween(0.5, 1.0);
                assertThat(prediction.cut()).isEqualTo(text.startsWith("word "));
            }
            assertThatThrownBy(() -> pipeline.predict((Review) null)).hasMessageContaining("[InputNull]");
            assertThatThrownBy(() -> pipeline.predict(new Review(null)))
                    .hasMessageContaining("[InputNull]")
                    .hasMessageContaining("text");
        }
    }

    @Test
    void calibrationByMutualInformationIsIndifferentToNoInput() {
        try (PromptPipeline<Review, Sentiment> plain = PromptPipeline.zeroShot(Reviews.TASK);
                PromptPipeline<Review, Sentiment> calibrated = PromptPipeline.zeroShot(
                        Reviews.builder().calibration(Calibration.PMI).build())) {
            assertThat(plain.predict(new Review("")).probability()).isGreaterThan(0.55);
            assertThat(calibrated.predict(new Review("")).probability()).isCloseTo(0.5, within(1e-5));
        }
    }

    @Test
    void contextualCalibrationTakesAwayTheBiasForOneLabel() {
        try (PromptPipeline<Review, Sentiment> plain = PromptPipeline.zeroShot(Reviews.TASK);
                PromptPipeline<Review, Sentiment> calibrated = PromptPipeline.zeroShot(
                        Reviews.builder().calibration(Calibration.CONTEXTUAL).build())) {
            double bias = plain.predict(new Review("N/A")).probability();
            assertThat(calibrated.predict(new Review("N/A")).probability()).isLessThan(bias);
            assertThat(calibrated.evaluate(Reviews.examples()).accuracy())
                    .isGreaterThanOrEqualTo(plain.evaluate(Reviews.examples()).accuracy());
        }
    }

    @Test
    void noExamplesToEvaluateOnIsAClearError() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            assertThatThrownBy(() -> pipeline.evaluate(List.of())).isInstanceOf(ClozeException.class);
            assertThat(pipeline.predict(List.of())).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not check for nulls
    void incompleteExamplesToEvaluateOnAreRefusedByTheirNumber() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            for (Labeled<Review, Sentiment> wrong : Arrays.<Labeled<Review, Sentiment>>asList(
                    null, new Labeled<>(null, Sentiment.POSITIVE), new Labeled<>(INPUTS.get(0), null))) {
                List<Labeled<Review, Sentiment>> examples = new ArrayList<>(Reviews.examples());
                examples.add(wrong);
                assertThatThrownBy(() -> pipeline.evaluate(examples)).hasMessageContaining("[InputNull] Example 17");
            }
        }
    }
}
