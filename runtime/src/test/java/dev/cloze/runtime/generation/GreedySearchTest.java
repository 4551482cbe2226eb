package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreedySearchTest {

    private static final GenerationOptions OPTIONS = GenerationOptions.defaults();

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static List<List<Generated>> generate(TableModel model, List<int[]> prompts, GenerationOptions options) {
        return TextGenerator.generate(
                model, tokenizer, model.endTokens(), prompts, Injection.NONE, options, GenerationListener.NONE);
    }

    private static Generated one(TableModel model, int prompt, GenerationOptions options) {
        return generate(model, List.of(new int[] {prompt}), options).get(0).get(0);
    }

    @Test
    void eachTokenIsTheMostProbableOne() {
        try (TableModel model = TableModel.markov(12, 5)) {
            int[] context = {3};
            double sum = 0;
            Generated text = one(model, 3, OPTIONS.withMaxTokens(20));
            for (int id : text.ids()) {
                float[] logits = model.logits(context);
                int best = IntStream.range(0, 12)
                        .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                        .orElseThrow();
                assertThat(id).isEqualTo(best);
                sum += logits[best]
                        - Math.log(IntStream.range(0, 12)
                                .mapToDouble(i -> Math.exp(logits[i]))
                                .sum());
                context = java.util.Arrays.copyOf(context, context.length + 1);
                context[context.length - 1] = id;
            }
            if (text.reason() == FinishReason.END) {
                float[] logits = model.logits(context);
                sum += logits[0]
                        - Math.log(IntStream.range(0, 12)
                                .mapToDouble(i -> Math.exp(logits[i]))
                                .sum());
            }
            assertThat(text.logProbability()).isCloseTo(sum, within(1e-5));
        }
    }

    @Test
    void theEndTokenEndsATextAndIsNotAmongItsTokens() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("hello"))) {
            Generated text = one(model, 1, OPTIONS);
            assertThat(text.text()).isEqualTo("hello");
            assertThat(text.ids()).isEqualTo(ByteTokens.bytes("hello"));
            assertThat(text.reason()).isEqualTo(FinishReason.END);
        }
    }

    @Test
    void aTextThatEndsAtOnceIsEmpty() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes(""))) {
            for (GenerationOptions options : List.of(OPTIONS, OPTIONS.withBeams(3), OPTIONS.withTemperature(0.1))) {
                Generated text = one(model, 1, options);
                assertThat(text.text()).isEmpty();
                assertThat(text.ids()).isEmpty();
                assertThat(text.logProbability()).isCloseTo(0, within(1e-4));
                assertThat(text.reason()).isEqualTo(FinishReason.END);
            }
        }
    }

    @Test
    void aTextHasNoMoreTokensThanAskedFor() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("hello"))) {
            Generated text = one(model, 1, OPTIONS.withMaxTokens(3));
            assertThat(text.text()).isEqualTo("hel");
            assertThat(text.reason()).isEqualTo(FinishReason.MAX_TOKENS);
            assertThat(model.calls).containsExactly("read 1", "advance 1", "advance 1");
        }
    }

    @Test
    void aTextHasNoMoreTokensThanThereArePositions() {
        try (TableModel model = new TableModel(4, 7, new int[] {0}, context -> new float[] {0, 1, 2, 3})) {
            List<List<Generated>> texts =
                    generate(model, List.of(new int[] {1, 1, 1}, new int[] {1}, new int[] {1, 1, 1, 1}), OPTIONS);
            assertThat(texts).extracting(list -> list.get(0).ids().length).containsExactly(4, 6, 3);
        }
    }

    @Test
    void theEndIsBlockedBeforeTheLeastLength() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("ab"))) {
            for (GenerationOptions options : List.of(OPTIONS, OPTIONS.withBeams(2))) {
                Generated text = one(model, 1, options.withMinTokens(5).withMaxTokens(5));
                assertThat(text.ids()).hasSize(5).startsWith(ByteTokens.bytes("ab"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noSequenceOfSoManyTokensIsRepeated(int n) {
        try (TableModel model = TableModel.markov(20, 2)) {
            Generated text =
                    one(model, 7, OPTIONS.withNoRepeatNgram(n).withMinTokens(15).withMaxTokens(15));
            List<Integer> all = IntStream.concat(IntStream.of(7), IntStream.of(text.ids()))
                    .boxed()
                    .toList();
            List<List<Integer>> ngrams = IntStream.rangeClosed(0, all.size() - n)
                    .mapToObj(i -> all.subList(i, i + n))
                    .toList();
            assertThat(ngrams).doesNotHaveDuplicates();
        }
    }

    @Test
    void aForbiddenTokenIsNeverWritten() {
        try (TableModel model = TableModel.markov(20, 4)) {
            int first = one(model, 7, OPTIONS.withMaxTokens(30)).ids()[0];
            Generated without = one(model, 7, OPTIONS.withMaxTokens(30).withForbiddenTokens(first));
            assertThat(without.ids()).doesNotContain(first);
        }
    }

    @Test
    void aForbiddenWordOfSeveralTokensIsNotFinished() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("a cat and"))) {
            Generated text = one(model, 1, OPTIONS.withForbidden("cat"));
            assertThat(text.text()).startsWith("a ca").doesNotContain("cat");
        }
    }

    /** Which is left out of the text, so that no text shows it. */
    @Test
    void theNameOfASpecialTokenAmongStopWordsAndForbiddenOnesIsThatToken() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("ab"))) {
            for (GenerationOptions options :
                    List.of(OPTIONS.withMaxTokens(5), OPTIONS.withMaxTokens(5).withBeams(2))) {
                assertThat(withoutEnds(model, options).ids()).hasSize(5).endsWith(0, 0, 0);
                Generated stopped = withoutEnds(model, options.withStopWords("<|endoftext|>"));
                assertThat(stopped.ids()).isEqualTo(ByteTokens.bytes("ab"));
                assertThat(stopped.reason()).isEqualTo(FinishReason.END);
                assertThat(withoutEnds(model, options.withForbidden("<|endoftext|>"))
                                .ids())
                        .hasSize(5)
                        .doesNotContain(0);
            }
        }
    }

    private static Generated withoutEnds(TableModel model, GenerationOptions options) {
        List<int[]> prompt = List.of(new int[] {1});
        return TextGenerator.generate(
                        model, tokenizer, new int[0], prompt, Injection.NONE, options, GenerationListener.NONE)
                .get(0)
                .get(0);
    }

    @Test
    void aTokenTheModelDoesNotKnowCannotBeForbidden() {
        try (TableModel model = TableModel.markov(20, 4)) {
            assertThatThrownBy(() -> one(model, 7, OPTIONS.withForbiddenTokens(20)))
                    .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                            .isEqualTo(Problem.GENERATION_OPTION_OUT_OF_RANGE))
                    .hasMessageContaining("0 to 19");
        }
    }

    @Test
    void whereEveryTokenIsForbiddenThatIsSaid() {
        int[] all = IntStream.range(0, 20).toArray();
        try (TableModel model = TableModel.markov(20, 4)) {
            for (GenerationOptions options : List.of(OPTIONS, OPTIONS.withBeams(3), OPTIONS.withTemperature(1))) {
                assertThatThrownBy(() -> one(model, 7, options.withForbiddenTokens(all)))
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isEqualTo(Problem.GENERATION_NOTHING_ALLOWED))
                        .hasMessageContaining("20 forbidden tokens");
                assertThat(model.open()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void logitsThatAreNoNumbersAreRefused(float wrong) {
        try (TableModel model = new TableModel(
                4, 50, new int[] {0}, context -> context.length < 3 ? new float[4] : new float[] {0, wrong, 2, 1})) {
            for (GenerationOptions options : List.of(
                    OPTIONS, OPTIONS.withBeams(3), OPTIONS.withTemperature(1).withTopP(0.9))) {
                assertThatThrownBy(() -> one(model, 2, options.withMinTokens(9)))
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isEqualTo(Problem.GENERATION_NOT_FINITE));
                assertThat(model.open()).isZero();
            }
        }
    }

    @Test
    void aPromptWithoutTokensIsRefused() {
        try (TableModel model = TableModel.markov(20, 4)) {
            assertThatThrownBy(() -> generate(model, List.of(new int[] {1}, new int[0]), OPTIONS))
                    .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                            .isEqualTo(Problem.GENERATION_EMPTY_PROMPT))
                    .hasMessageContaining("Prompt 1");
        }
    }

    @Test
    void noPromptsGiveNoTexts() {
        try (TableModel model = TableModel.markov(20, 4)) {
            assertThat(generate(model, List.of(), OPTIONS)).isEmpty();
        }
    }

    @Test
    void finishedPromptsLeaveTheBatch() {
        try (TableModel model =
                TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("a"), ByteTokens.bytes("abcd"))) {
            generate(model, List.of(new int[] {1}, new int[] {2}), OPTIONS);
            assertThat(model.calls).containsExactly("read 2", "advance 2", "advance 1", "advance 1", "advance 1");
        }
    }

    @Test
    void manyPromptsAreCutIntoBatchesOfBoundedSize() {
        try (TableModel model = TableModel.markov(20, 4)) {
            List<int[]> prompts = IntStream.range(0, 150)
                    .mapToObj(i -> new int[] {1 + i % 19})
                    .toList();
            List<List<Generated>> texts = generate(model, prompts, OPTIONS.withMaxTokens(2));
            assertThat(model.calls.stream().filter(call -> call.startsWith("read")))
                    .containsExactly("read 22", "read 64", "read 64");
            for (int i = 0; i < 150; i++) {
                assertThat(texts.get(i).get(0).ids())
                        .isEqualTo(
                                one(model, 1 + i % 19, OPTIONS.withMaxTokens(2)).ids());
            }
        }
    }
}
