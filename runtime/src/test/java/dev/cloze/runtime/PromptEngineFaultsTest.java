package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine refuses, gives up and frees. */
@Timeout(300)
class PromptEngineFaultsTest {

    private static final Review REVIEW = ServedTasks.INPUTS.get(0);

    /** Nothing is answered before the minute is over, unless the engine is closed. */
    private static final EngineSettings HOLDING = EngineSettings.defaults().withGathering(Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private int roots;

    @BeforeEach
    void count() {
        TokenSelection.on(ComputeDevice.CPU); // which stays open once a text has been written
        roots = OpenRoots.count();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
        assertThat(OpenRoots.count()).isEqualTo(roots);
    }

    private static PromptPipeline<Review, Sentiment> zeroShot() {
        return PromptPipeline.zeroShot(Reviews.TASK);
    }

    private static Problem problemOf(ThrowingCallable call) {
        return catchThrowableOfType(ClozeException.class, call).problem();
    }

    private static Problem problemOf(CompletableFuture<?> future) {
        CompletionException e = catchThrowableOfType(CompletionException.class, future::join);
        if (e.getCause() instanceof ClozeException reason) {
            return reason.problem();
        }
        throw new AssertionError(e);
    }

    @Test
    void aFullQueueRefusesAndWhatIsCancelledLeavesIt() {
        try (PromptEngine engine = PromptEngine.of(HOLDING.withCapacity(2))) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(zeroShot());
            ServedPipeline<Review, Sentiment> others = engine.add(zeroShot());
            CompletableFuture<Prediction<Sentiment>> first = reviews.predictAsync(REVIEW);
            CompletableFuture<Prediction<Sentiment>> second = reviews.predictAsync(REVIEW);
            assertThatThrownBy(() -> reviews.predictAsync(REVIEW))
                    .hasMessageStartingWith("[ServingOverloaded] 2 inputs of " + Reviews.TASK.name() + " wait already")
                    .hasMessageContaining("at most 2 may wait");
            assertThat(others.predictAsync(REVIEW)).as("another task's queue").isNotDone();
            assertThat(engine.status()).isEqualTo(new EngineStatus(2, 3, 0, 0, 1, 0));
            assertThat(first.cancel(true)).isTrue();
            assertThat(engine.status().waiting()).isEqualTo(2);
            CompletableFuture<Prediction<Sentiment>> third = reviews.predictAsync(REVIEW);
            engine.close();
            assertThat(second.join()).isEqualTo(third.join());
            assertThat(first).isCancelled();
            assertThat(problemOf(() -> reviews.predict(REVIEW))).isEqualTo(Problem.PIPELINE_CLOSED);
            assertThat(problemOf(() -> engine.add(zeroShotThatIsClosed()))).isEqualTo(Problem.PIPELINE_CLOSED);
        }
    }

    private static PromptPipeline<Review, Sentiment> zeroShotThatIsClosed() {
        PromptPipeline<Review, Sentiment> pipeline = zeroShot();
        pipeline.close();
        return pipeline;
    }

    @Test
    void whatComesTooLateFailsAndLeavesTheQueue() {
        try (PromptEngine engine = PromptEngine.of(HOLDING.withDeadline(Duration.ofMillis(40)))) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(zeroShot());
            assertThatThrownBy(() -> reviews.predict(REVIEW))
                    .hasMessageStartingWith("[ServingDeadline] No answer was there after 40 ms");
            assertThat(problemOf(() -> reviews.predict(List.of(REVIEW, REVIEW))))
                    .isEqualTo(Problem.SERVING_DEADLINE);
            CompletableFuture<Prediction<Sentiment>> patient = reviews.predictAsync(REVIEW, Duration.ofMinutes(5));
            assertThat(problemOf(reviews.predictAsync(REVIEW, Duration.ofMillis(1))))
                    .isEqualTo(Problem.SERVING_DEADLINE);
            assertThat(engine.status().waiting()).isEqualTo(1);
            reviews.close();
            assertThat(patient.join().label()).isNotNull();
            assertThat(engine.status().tasks()).isZero();
        }
    }

    @Test
    void closingNowRefusesWhatWaits() {
        CompletableFuture<Prediction<Sentiment>> asked;
        try (PromptEngine engine = PromptEngine.of(HOLDING)) {
            asked = engine.add(zeroShot()).predictAsync(REVIEW);
            engine.closeNow();
        }
        assertThat(problemOf(asked)).isEqualTo(Problem.PIPELINE_CLOSED);
    }

    @Test
    void anInterruptedThreadTakesItsRequestBack() throws InterruptedException {
        try (PromptEngine engine = PromptEngine.of(HOLDING)) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(zeroShot());
            CompletableFuture<Problem> told = new CompletableFuture<>();
            AtomicBoolean still = new AtomicBoolean();
            Thread asking = new Thread(() -> {
                told.complete(problemOf(() -> reviews.predict(REVIEW)));
                still.set(Thread.currentThread().isInterrupted());
            });
            asking.start();
            while (engine.status().waiting() == 0) {
                Thread.sleep(1);
            }
            asking.interrupt();
            assertThat(told.join()).isEqualTo(Problem.SERVING_INTERRUPTED);
            asking.join();
            assertThat(still).isTrue();
            assertThat(engine.status().waiting()).isZero();
        }
    }

    @Test
    void whatCannotBeServedTogetherStaysItsOwners() {
        Path model = TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
        try (PromptEngine engine = PromptEngine.open();
                PromptPipeline<Review, Sentiment> tuned = fit(TuningMethod.PROMPT_FINE_TUNING);
                PromptPipeline<Review, Sentiment> words = fit(TuningMethod.TF_IDF);
                PromptPipeline<Review, Sentiment> other = PromptPipeline.zeroShot(Reviews.asked("{text} It was {mask}")
                        .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                        .build())) {
            assertThatThrownBy(() -> engine.add(tuned))
                    .hasMessageStartingWith("[ServingBackbone]")
                    .hasMessageContaining("by PROMPT_FINE_TUNING it has tuned weights of its own");
            assertThatThrownBy(() -> engine.add(words))
                    .hasMessageContaining("by TF_IDF it asks no language model that others could ask with it");
            ServedPipeline<Review, Sentiment> served = engine.add(zeroShot());
            assertThatThrownBy(() -> engine.add(other))
                    .hasMessageStartingWith("[ServingBackbone]")
                    .hasMessageContaining("was made for")
                    .hasMessageContaining("this engine serves cloze-tiny-en");
            assertThatThrownBy(() -> engine.add(served)).hasMessageContaining("it is served already");
            assertThatThrownBy(() -> served.replace(tuned)).hasMessageStartingWith("[ServingBackbone]");
            assertThat(tuned.predict(REVIEW).label()).isNotNull();
            assertThat(words.predict(REVIEW).label()).isNotNull();
            assertThat(other.predict(REVIEW).label()).isNotNull();
            assertThat(served.predict(REVIEW).label()).isNotNull();
        }
    }

    private static PromptPipeline<Review, Sentiment> fit(TuningMethod method) {
        return PromptTrainer.of(Reviews.TASK)
                .method(method)
                .quiet()
                .sharedOptions(options -> options.withMaxSteps(3))
                .fit(Reviews.examples());
    }

    /** One input fails alone, by whatever it has of its own. */
    @Test
    void anInputThatFailsFailsAlone() {
        try (PromptEngine engine = PromptEngine.of(HOLDING)) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(PromptPipeline.zeroShot(
                    Reviews.asked("{text|fixed} It was {mask}.").build()));
            CompletableFuture<Prediction<Sentiment>> before = reviews.predictAsync(REVIEW);
            CompletableFuture<Prediction<Sentiment>> tooLong = reviews.predictAsync(new Review("word ".repeat(2000)));
            CompletableFuture<Prediction<Sentiment>> after = reviews.predictAsync(REVIEW);
            engine.close();
            assertThat(problemOf(tooLong)).isEqualTo(Problem.INPUT_TOO_LONG);
            assertThat(before.join()).isEqualTo(after.join());
        }
        try (PromptEngine engine = PromptEngine.open()) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(zeroShot());
            assertThat(problemOf(() -> reviews.predict(Collections.singletonList(null))))
                    .isEqualTo(Problem.INPUT_NULL);
        }
    }

    @Test
    void aPipelineIsReplacedWhileSixteenThreadsAskIt() throws InterruptedException {
        PromptPipeline<Review, Sentiment> first = zeroShot();
        PromptPipeline<Review, Sentiment> second = PromptPipeline.zeroShot(
                Reviews.asked("All in all it was {mask}: {text}").build());
        Prediction<Sentiment> old = first.predict(REVIEW);
        Prediction<Sentiment> now = second.predict(REVIEW);
        try (PromptEngine engine = PromptEngine.open()) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(first);
            AtomicBoolean done = new AtomicBoolean();
            List<CompletableFuture<Integer>> asking = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                int count = 0;
                                while (!done.get()) {
                                    assertThat(List.of(positive(old), positive(now)))
                                            .anySatisfy(one -> assertThat(positive(reviews.predict(REVIEW)))
                                                    .isCloseTo(one, within(1e-5)));
                                    ServedPipeline<Review, Sentiment> another = engine.add(zeroShot());
                                    assertThat(positive(another.predict(REVIEW)))
                                            .isBetween(0.0, 1.0);
                                    another.close();
                                    count++;
                                }
                                return count;
                            },
                            work -> new Thread(work).start()))
                    .toList();
            Thread.sleep(200);
            reviews.replace(second);
            assertThat(positive(reviews.predict(REVIEW))).isCloseTo(positive(now), within(1e-5));
            assertThat(problemOf(() -> first.predict(REVIEW))).isEqualTo(Problem.PIPELINE_CLOSED);
            done.set(true);
            asking.forEach(one -> assertThat(one.join()).isPositive());
            assertThat(engine.status().tasks()).isEqualTo(1);
        }
    }

    private static double positive(Prediction<Sentiment> prediction) {
        return Objects.requireNonNull(prediction.probabilities().get(Sentiment.POSITIVE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsCancelledWhileItIsWrittenFreesItsMemoryAndTheOthersGoOn(boolean byDeadline) throws Exception {
        ServedTasks tasks = new ServedTasks(BackboneKind.DECODER, folder);
        TextPipeline<Place> pipeline = TextPipeline.pretrained(Places.task(Path.of(tasks.model())));
        GenerationOptions endless =
                GenerationOptions.defaults().withMaxTokens(48).withMinTokens(48);
        Place input = Places.inputs().get(0);
        List<Generated> alone = pipeline.generateAll(input, endless);
        try (PromptEngine engine = PromptEngine.of(EngineSettings.defaults().withRows(2))) {
            ServedTextPipeline<Place> texts = engine.add(pipeline).withOptions(any -> endless);
            List<CompletableFuture<List<Generated>>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(
                        i % 2 == 0
                                ? texts.generateAsync(input)
                                : byDeadline
                                        ? texts.generateAsync(input, Duration.ofNanos(1))
                                        : texts.generateAsync(input));
            }
            int cancelled = 0;
            for (int i = 1; i < 8 && !byDeadline; i += 2) {
                Thread.sleep(5);
                cancelled += asked.get(i).cancel(true) ? 1 : 0;
            }
            for (int i = 0; i < 8; i++) {
                if (asked.get(i).isCancelled() || (byDeadline && i % 2 == 1)) {
                    assertThat(asked.get(i)).isCompletedExceptionally();
                } else {
                    assertThat(asked.get(i).join().get(0).ids())
                            .containsExactly(alone.get(0).ids());
                }
            }
            assertThat(cancelled > 0).isNotEqualTo(byDeadline);
            engine.close();
            assertThat(engine.status().rows()).isZero();
        }
    }

    /** A listener hears in the thread that asks, and holds nobody else up. */
    @Test
    void aSlowListenerHoldsNobodyUpAndMayStopItsText() throws InterruptedException, ExecutionException {
        ServedTasks tasks = new ServedTasks(BackboneKind.DECODER, folder);
        TextPipeline<Place> pipeline = TextPipeline.pretrained(Places.task(Path.of(tasks.model())));
        GenerationOptions long48 =
                GenerationOptions.defaults().withMaxTokens(48).withMinTokens(48);
        Place input = Places.inputs().get(3);
        StringBuilder heardAlone = new StringBuilder();
        String alone = pipeline.generateAll(input, long48, (prompt, piece) -> heardAlone.append(piece))
                .get(0)
                .text();
        try (PromptEngine engine = PromptEngine.open()) {
            ServedTextPipeline<Place> texts = engine.add(pipeline).withOptions(any -> long48);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            StringBuilder heard = new StringBuilder();
            CompletableFuture<String> slow =
                    CompletableFuture.supplyAsync(() -> texts.generate(input, (prompt, piece) -> {
                        begun.countDown();
                        awaitQuietly(goOn);
                        heard.append(piece);
                    }));
            begun.await();
            assertThat(texts.generate(input)).isEqualTo(alone);
            assertThat(slow).isNotDone();
            goOn.countDown();
            assertThat(slow.get()).isEqualTo(alone);
            assertThat(heard.toString()).isEqualTo(heardAlone.toString());
            assertThatThrownBy(() -> texts.generate(input, (prompt, piece) -> {
                        throw new IllegalStateException("no more");
                    }))
                    .hasMessage("no more");
            GenerationListener stopping = new GenerationListener() {
                @Override
                public void onText(int prompt, String piece) {}

                @Override
                public boolean isCancelled() {
                    return true;
                }
            };
            assertThat(texts.generateAll(input, long48, stopping).get(0).reason())
                    .isIn(Generated.FinishReason.CANCELLED, Generated.FinishReason.MAX_TOKENS);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoTrainingsAndAServerLiveInOneJvm() {
        try (PromptEngine engine = PromptEngine.open()) {
            ServedPipeline<Review, Sentiment> reviews = engine.add(zeroShot());
            Prediction<Sentiment> before = reviews.predict(REVIEW);
            List<CompletableFuture<PromptPipeline<Review, Sentiment>>> trainings = List.of(
                    CompletableFuture.supplyAsync(() -> fit(TuningMethod.PROMPT_FINE_TUNING)),
                    CompletableFuture.supplyAsync(() -> fit(TuningMethod.P_TUNING_V2)));
            while (trainings.stream().anyMatch(one -> !one.isDone())) {
                assertThat(positive(reviews.predict(REVIEW))).isCloseTo(positive(before), within(1e-5));
            }
            trainings.get(0).join().close();
            ServedPipeline<Review, Sentiment> tuned =
                    engine.add(trainings.get(1).join());
            assertThat(tuned.predict(ServedTasks.INPUTS)).hasSize(ServedTasks.INPUTS.size());
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        EngineSettings usual = EngineSettings.defaults();
        List<ThrowingCallable> wrong = List.of(
                () -> usual.withRows(0),
                () -> usual.withRows(1025),
                () -> usual.withGathering(Duration.ofSeconds(-1)),
                () -> usual.withGathering(Duration.ofMinutes(2)),
                () -> usual.withCapacity(0),
                () -> usual.withDeadline(Duration.ZERO));
        wrong.forEach(setting -> assertThat(problemOf(setting)).isEqualTo(Problem.SERVING_SETTING));
    }
}
