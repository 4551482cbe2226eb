package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPipelineTest {

    private static final List<TextPair<Place>> PAIRS = Places.pairs();
    private static final List<Place> INPUTS = Places.inputs();
    private static final Place FIRST = INPUTS.get(0);

    @TempDir
    static Path folder;

    private static Path saved = Path.of("");

    /** One tuned model for all tests. */
    @BeforeAll
    static void train() {
        TinyModels.decoder(folder.resolve("model"), 64, Places.words());
        saved = folder.resolve("saved");
        try (TextPipeline<Place> tuned = TextTrainer.of(task())
                .quiet()
                .options(options -> options.withLearningRate(5e-3).withMaxSteps(200))
                .fit(PAIRS)) {
            tuned.save(saved);
        }
    }

    @AfterAll
    static void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    private static TextTask<Place> task() {
        return Places.task(folder.resolve("model"));
    }

    private static TextPipeline<Place> open() {
        return TextPipeline.load(task(), saved);
    }

    @Test
    void manyAtOnceGiveWhatEachGivesAlone() {
        try (TextPipeline<Place> pipeline = open()) {
            List<String> together = pipeline.generate(INPUTS);
            assertThat(together)
                    .isEqualTo(INPUTS.stream().map(pipeline::generate).toList());
            assertThat(together.get(5)).isEqualTo(PAIRS.get(5).target());
        }
    }

    @Test
    void aTextIsHeardAsItIsWritten() {
        try (TextPipeline<Place> pipeline = open()) {
            List<String> pieces = new ArrayList<>();
            String text = pipeline.generate(FIRST, (prompt, piece) -> pieces.add(piece));
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces).hasSizeGreaterThan(3);
            assertThat(text).isEqualTo(text.strip());
        }
    }

    @Test
    void aListenerMayStopAText() {
        try (TextPipeline<Place> pipeline = open()) {
            List<String> pieces = new ArrayList<>();
            GenerationListener listener = new GenerationListener() {
                @Override
                public void onText(int prompt, String piece) {
                    pieces.add(piece);
                }

                @Override
                public boolean isCancelled() {
                    return pieces.size() >= 2;
                }
            };
            Generated text =
                    pipeline.generateAll(FIRST, pipeline.options(), listener).get(0);
            assertThat(text.reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(PAIRS.get(0).target()).startsWith(text.text());
        }
    }

    @Test
    void otherOptionsChangeThisPipelineAloneAndShareTheRest() {
        TextPipeline<Place> pipeline = open();
        TextPipeline<Place> beams =
                pipeline.withOptions(options -> options.withBeams(4).withSequences(3));
        assertThat(pipeline.options()).isEqualTo(GenerationOptions.defaults());
        List<Generated> texts = beams.generateAll(FIRST);
        assertThat(texts).hasSize(3);
        assertThat(texts.get(0).text()).isEqualTo(pipeline.generate(FIRST));
        assertThat(texts.get(0).logProbability()).isGreaterThan(texts.get(1).logProbability());
        pipeline.close();
        assertClosed(() -> beams.generate(FIRST));
    }

    @Test
    void theEndOfThePositionsEndsAText() {
        try (TextPipeline<Place> pipeline =
                open().withOptions(o -> o.withMaxTokens(1000).withMinTokens(1000))) {
            Generated text = pipeline.generateAll(FIRST).get(0);
            assertThat(text.reason()).isEqualTo(FinishReason.MAX_TOKENS);
            assertThat(text.ids()).hasSizeBetween(40, 64);
        }
    }

    @Test
    void aClosedPipelineSaysSoAndClosingTwiceIsHarmless() {
        TextPipeline<Place> pipeline = open();
        pipeline.close();
        pipeline.close();
        assertClosed(() -> pipeline.generate(FIRST));
        assertClosed(() -> pipeline.perplexity(PAIRS));
        assertClosed(() -> pipeline.save(folder.resolve("never")));
    }

    private static void assertClosed(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(Problem.PIPELINE_CLOSED));
    }

    @Test
    void twoGenerationsAndATrainingAtOnceGiveWhatEachGivesAlone() {
        try (TextPipeline<Place> pipeline = open()) {
            List<String> expected = pipeline.generate(INPUTS);
            List<Double> losses = losses();
            CompletableFuture<List<String>> one = CompletableFuture.supplyAsync(() -> pipeline.generate(INPUTS));
            CompletableFuture<List<String>> two = CompletableFuture.supplyAsync(
                    () -> INPUTS.stream().map(pipeline::generate).toList());
            assertThat(losses()).isEqualTo(losses);
            assertThat(one.join()).isEqualTo(expected);
            assertThat(two.join()).isEqualTo(expected);
        }
    }

    private static List<Double> losses() {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        TextTrainer.of(task())
                .quiet()
                .options(options -> options.withMaxSteps(15))
                .listener(listener)
                .fit(PAIRS)
                .close();
        return losses;
    }

    @Test
    void closingWaitsForWhatIsBeingWritten() throws InterruptedException {
        TextPipeline<Place> pipeline = open();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> text =
                CompletableFuture.supplyAsync(() -> pipeline.generate(FIRST, (prompt, piece) -> begun.countDown()));
        begun.await();
        pipeline.close();
        assertThat(text.join()).isEqualTo(PAIRS.get(0).target());
    }

    @Test
    void closingWhileOthersWriteNeverCrashes() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                TextPipeline<Place> pipeline = open();
                List<Future<Integer>> counts = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    counts.add(threads.submit(() -> writeUntilClosed(pipeline)));
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

    private static int writeUntilClosed(TextPipeline<Place> pipeline) {
        for (int i = 0; ; i++) {
            try {
                pipeline.generate(INPUTS.get(i % INPUTS.size()));
            } catch (ClozeException e) {
                assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED);
                return i;
            }
        }
    }

    @Test
    void aListenerThatClosesItsPipelineIsToldRatherThanLeftWaiting() {
        try (TextPipeline<Place> pipeline = open()) {
            assertThatThrownBy(() -> pipeline.generate(FIRST, (prompt, piece) -> pipeline.close()))
                    .hasMessageContaining("[PipelineClosed]")
                    .hasMessageContaining("listener");
            assertThat(pipeline.generate(FIRST)).isEqualTo(PAIRS.get(0).target());
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not check for nulls
    void inputsOfEveryKindAreAnsweredOrRefusedByName() {
        try (TextPipeline<Place> pipeline = open().withOptions(options -> options.withMaxTokens(8))) {
            for (String name : List.of(
                    "",
                    " \t\n ",
                    "x".repeat(100_000),
                    "aroma ".repeat(20_000),
                    "\uD83D\uDE00\uD83D\uDE80",
                    "\u0000\u0001",
                    "\uD800",
                    "[SEP] [CLS] {mask} </s>")) {
                assertThat(pipeline.generate(new Place(name, "french", "centre")))
                        .isNotNull();
            }
            assertThatThrownBy(() -> pipeline.generate((Place) null)).hasMessageContaining("[InputNull]");
            assertThatThrownBy(() -> pipeline.generate(new Place("aroma", null, "centre")))
                    .hasMessageContaining("[InputNull]")
                    .hasMessageContaining("food");
            assertThatThrownBy(() -> pipeline.evaluate(List.of())).hasMessageContaining("[EvaluationNoExamples]");
            assertThatThrownBy(() -> pipeline.evaluate(Collections.singletonList(null)))
                    .hasMessageContaining("[InputNull]");
            assertThatThrownBy(() -> pipeline.perplexity(Collections.singletonList(null)))
                    .hasMessageContaining("[InputNull]");
            assertThat(pipeline.generate(List.of())).isEmpty();
        }
    }

    @Test
    void pairsOfEqualInputsAreSeveralRightTextsForOne() {
        try (TextPipeline<Place> pipeline = open()) {
            TextPair<Place> other = new TextPair<>(FIRST, "quite another text.");
            TextEvaluation evaluation = pipeline.evaluate(List.of(PAIRS.get(0), other, PAIRS.get(1)));
            assertThat(evaluation.n()).isEqualTo(2);
            assertThat(evaluation.bleu()).isGreaterThan(99);
        }
    }
}
