package dev.cloze.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Meals;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Ratings;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.ServedExtractionPipeline;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.spi.TaskTuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every pipeline has a queue, whether it shares a model or not. */
@Timeout(120)
class SharedEnginesTest {

    private static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();

    private static PromptPipeline<Review, Sentiment> tuned() {
        return PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .fit(Reviews.examples());
    }

    @Test
    void onesWithWeightsOfTheirOwnAnswerAsAloneAndStandBesideThoseThatShare() throws Exception {
        SharedEngines engines = new SharedEngines(EngineSettings.defaults(), true);
        PromptPipeline<Review, Sentiment> own = tuned();
        List<Prediction<Sentiment>> alone = own.predict(INPUTS);
        ServedPipeline<Review, Sentiment> served = (ServedPipeline<Review, Sentiment>) engines.serve(own);
        PromptPipeline<Review, Sentiment> shared = engines.serve(PromptPipeline.zeroShot(Reviews.TASK));
        try {
            List<Prediction<Sentiment>> together = served.predict(INPUTS);
            List<CompletableFuture<Prediction<Sentiment>>> later =
                    INPUTS.stream().map(served::predictAsync).toList();
            for (int i = 0; i < INPUTS.size(); i++) {
                double wanted = alone.get(i).probabilities().getOrDefault(Sentiment.POSITIVE, -1.0);
                assertThat(together.get(i).probabilities().getOrDefault(Sentiment.POSITIVE, -1.0))
                        .isCloseTo(wanted, within(1e-5));
                assertThat(later.get(i).get().probabilities().getOrDefault(Sentiment.POSITIVE, -1.0))
                        .isCloseTo(wanted, within(1e-5));
            }
            assertThat(shared.predict(INPUTS)).hasSameSizeAs(INPUTS);
            assertThat(engines.status().tasks()).isEqualTo(2);
            assertThat(engines.status().answered()).isEqualTo(3L * INPUTS.size());
        } finally {
            engines.closeNow();
        }
        assertThatThrownBy(() -> served.predict(INPUTS.get(0))).hasMessageContaining("PipelineClosed");
    }

    @Test
    void aQueueOfOneHasABoundADeadlineAndRoomForWhoTakesBackWhatWasAsked() {
        SharedEngines engines = new SharedEngines(EngineSettings.defaults(), true);
        EngineSettings own = EngineSettings.defaults().withCapacity(3).withGathering(Duration.ofMinutes(1));
        ServedPipeline<Review, Sentiment> served = (ServedPipeline<Review, Sentiment>) engines.serve(tuned(), own);
        try {
            List<CompletableFuture<Prediction<Sentiment>>> waiting = new ArrayList<>();
            IntStream.range(0, 3).forEach(i -> waiting.add(served.predictAsync(INPUTS.get(i))));
            assertThatThrownBy(() -> served.predictAsync(INPUTS.get(3)))
                    .isInstanceOf(ClozeException.class)
                    .hasMessageContaining("ServingOverloaded")
                    .hasMessageContaining("at most 3 may wait");
            waiting.get(0).cancel(true);
            assertThatThrownBy(() -> served.predictAsync(INPUTS.get(3), Duration.ofMillis(1))
                            .get())
                    .hasMessageContaining("ServingDeadline");
        } finally {
            engines.closeNow();
        }
    }

    @Test
    void spansAreFoundFromAQueueAsAlone() throws Exception {
        SharedEngines engines = new SharedEngines(EngineSettings.defaults(), true);
        ExtractionPipeline<Meal, Slot> asked = ExtractionPipeline.zeroShot(Meals.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build());
        List<Meal> meals =
                Meals.examples().stream().map(one -> one.input()).limit(4).toList();
        List<List<FoundSpan<Slot>>> alone = asked.extract(meals);
        ServedExtractionPipeline<Meal, Slot> served = (ServedExtractionPipeline<Meal, Slot>) engines.serve(asked);
        try {
            assertThat(served.extract(meals).stream()
                            .map(SharedEnginesTest::places)
                            .toList())
                    .isEqualTo(alone.stream().map(SharedEnginesTest::places).toList());
            assertThat(places(served.extractAsync(meals.get(0)).get())).isEqualTo(places(alone.get(0)));
        } finally {
            engines.closeNow();
        }
    }

    private static List<Object> places(List<FoundSpan<Slot>> found) {
        return found.stream().<Object>map(FoundSpan::span).toList();
    }

    @Test
    void withoutQueuesEachAnswersByItself() {
        SharedEngines engines = new SharedEngines(EngineSettings.defaults(), false);
        try (RegressionPipeline<Review> numbers = RegressionPipeline.zeroShot(Ratings.TASK)) {
            assertThat(engines.serve(numbers)).isSameAs(numbers);
        }
        engines.closeNow();
    }
}
