package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

    private static final GenerationOptions ENDLESS =
            GenerationOptions.defaults().withMaxTokens(100_000).withMinTokens(100_000);

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    /** Cancels when it is asked for the n-th time. */
    private static final class Canceller implements GenerationListener {
        private int asked;
        private final int patience;

        Canceller(int patience) {
            this.patience = patience;
        }

        @Override
        public void onText(int prompt, String piece) {}

        @Override
        public boolean isCancelled() {
            return ++asked > patience;
        }
    }

    private static List<List<Generated>> generate(
            TableModel model, int prompts, GenerationOptions options, GenerationListener listener) {
        List<int[]> texts =
                IntStream.range(0, prompts).mapToObj(i -> new int[] {1 + i % 9}).toList();
        return TextGenerator.generate(model, tokenizer, model.endTokens(), texts, Injection.NONE, options, listener);
    }

    private static TableModel endless() {
        TableModel chain = TableModel.markov(30, 6);
        chain.close();
        return new TableModel(30, 1_000_000, new int[] {0}, chain::logits);
    }

    @Test
    void aCancelledTextHasWhatWasWrittenSoFar() {
        try (TableModel model = endless()) {
            Generated text =
                    generate(model, 1, ENDLESS, new Canceller(6)).get(0).get(0);
            assertThat(text.reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(text.ids()).hasSize(5);
            assertThat(text.ids())
                    .isEqualTo(generate(model, 1, ENDLESS.withMinTokens(5).withMaxTokens(5), GenerationListener.NONE)
                            .get(0)
                            .get(0)
                            .ids());
        }
    }

    @Test
    void cancellingInMidBeamFreesItsMemory() {
        try (TableModel model = endless()) {
            List<List<Generated>> texts =
                    generate(model, 3, ENDLESS.withBeams(4).withSequences(4), new Canceller(8));
            assertThat(texts).hasSize(3).allSatisfy(ofPrompt -> {
                assertThat(ofPrompt).hasSize(4);
                assertThat(ofPrompt).allMatch(text -> text.reason() == FinishReason.CANCELLED);
                assertThat(ofPrompt).allMatch(text -> text.ids().length == 7);
                assertThat(ofPrompt.get(0).logProbability())
                        .isGreaterThanOrEqualTo(ofPrompt.get(3).logProbability());
            });
            assertThat(model.open()).isZero();
            assertThat(model.memory().getManagedArrays()).isEmpty();
        }
    }

    @Test
    void promptsThatHadNotBegunAreCancelledToo() {
        try (TableModel model = endless()) {
            List<List<Generated>> texts = generate(model, 100, ENDLESS, new Canceller(4));
            assertThat(texts).allMatch(list -> list.get(0).reason() == FinishReason.CANCELLED);
            assertThat(model.calls).filteredOn(call -> call.startsWith("read")).hasSize(1);
            assertThat(texts.get(99).get(0).text()).isEmpty();
        }
    }

    @Test
    void cancellingBeforeTheFirstTokenGivesEmptyTexts() {
        try (TableModel model = endless()) {
            for (GenerationOptions options : List.of(ENDLESS, ENDLESS.withBeams(2), ENDLESS.withTemperature(1))) {
                for (int patience = 0; patience < 2; patience++) {
                    Generated text = generate(model, 1, options, new Canceller(patience))
                            .get(0)
                            .get(0);
                    assertThat(text.text()).isEmpty();
                    assertThat(text.reason()).isEqualTo(FinishReason.CANCELLED);
                }
            }
        }
    }

    @Test
    void everyPromptHasAsManyTextsAsWereAskedForWheneverItIsCancelled() {
        try (TableModel model = endless()) {
            List<GenerationOptions> ways = List.of(
                    ENDLESS.withBeams(4).withSequences(3),
                    ENDLESS.withTemperature(1).withSequences(3));
            for (GenerationOptions options : ways) {
                for (int patience = 0; patience < 6; patience++) {
                    assertThat(generate(model, 40, options, new Canceller(patience)))
                            .hasSize(40)
                            .allSatisfy(texts -> assertThat(texts)
                                    .hasSize(3)
                                    .allMatch(text -> text.reason() == FinishReason.CANCELLED));
                }
            }
        }
    }

    @Test
    void theDeadlineEndsATextWithWhatItHas() {
        try (TableModel model = endless()) {
            for (GenerationOptions options : List.of(ENDLESS, ENDLESS.withBeams(2), ENDLESS.withTemperature(1))) {
                long start = System.nanoTime();
                Generated text = generate(
                                model, 1, options.withDeadline(Duration.ofMillis(300)), GenerationListener.NONE)
                        .get(0)
                        .get(0);
                assertThat(text.reason()).isEqualTo(FinishReason.DEADLINE);
                assertThat(text.ids()).isNotEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(30));
            }
            assertThat(model.open()).isZero();
        }
    }

    @Test
    void aListenerThatFailsFreesTheMemory() {
        try (TableModel model = endless()) {
            assertThatThrownBy(() -> generate(model, 1, ENDLESS, (prompt, piece) -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(model.open()).isZero();
        }
    }
}
