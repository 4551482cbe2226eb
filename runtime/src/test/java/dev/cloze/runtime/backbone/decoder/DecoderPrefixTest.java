package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of any keys and values before a decoder's text, in 64 bits, trained on it and writing behind it. */
@TestInstance(Lifecycle.PER_CLASS)
class DecoderPrefixTest {

    private static final int PREFIX = 3;
    private static final List<TextRow> ROWS = List.of(
            new TextRow(new int[] {11, 4, 59, 8, 19}, new int[] {5, 41, 33, 2, 5, 14, 9}),
            new TextRow(new int[] {3, 3, 3, 3, 8}, new int[] {4, 5}));
    private static final List<int[]> PROMPTS =
            List.of(new int[] {5, 41, 33, 2, 5, 14, 9}, new int[] {3}, new int[] {11, 4, 59, 8, 19});

    private final Map<String, Decoder> loaded = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "qwen3"})
    void writingBehindAPrefixAtZeroAndElsewhere(String name) {
        try (Given given = given(name)) {
            int[] beginning = new Random(5).ints(20, 0, 60).toArray();
            List<int[]> alike =
                    PROMPTS.stream().map(prompt -> joined(beginning, prompt)).toList();
            for (int first : new int[] {0, 5}) {
                Injection injection = given.behind(given.prefix(1, PREFIX), first);
                given.write(PROMPTS, injection);
                given.write(alike, injection);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "qwen3"})
    void aPrefixForEachRowIsThatRowsOwn(String name) {
        try (Given given = given(name)) {
            List<NDArray> each = given.prefix(2, PREFIX);
            double[] together = given.losses(ROWS, given.behind(each, PREFIX));
            List<int[]> prompts = ROWS.stream().map(TextRow::source).toList();
            try (Decoding both = given.decoder.read(prompts, 2, given.behind(each, PREFIX))) {
                both.advance(new int[] {0, 1}, new int[] {21, 22});
                double[] logits = both.logits().toDoubleArray();
                for (int r = 0; r < 2; r++) {
                    String row = r + ":" + (r + 1);
                    Injection own = given.behind(
                            each.stream().map(array -> array.get(row)).toList(), PREFIX);
                    double alone = given.losses(List.of(ROWS.get(r)), own)[0];
                    assertThat(together[r]).isCloseTo(alone, within(1e-10));
                    given.assertLast(logits, r, joined(prompts.get(r), new int[] {21 + r}), own);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "qwen3"})
    void aPrefixOfLengthZeroIsTheBaseModelAndOneOfZerosIsNot(String name) {
        try (Given given = given(name)) {
            double[] base = given.losses(ROWS, Injection.NONE);
            Injection nothing = given.behind(given.prefix(1, 0), 0);
            assertThat(given.losses(ROWS, nothing)).containsExactly(base, within(1e-10));
            given.write(PROMPTS, nothing);
            List<NDArray> zeros =
                    given.prefix(1, PREFIX).stream().map(NDArray::zerosLike).toList();
            assertThat(SoftInputs.distance(given.losses(ROWS, given.behind(zeros, 0)), base))
                    .isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "qwen3"})
    void permutedSoftPlacesPermuteTheirGradients(String name) {
        try (Given given = given(name)) {
            NDArray table =
                    given.soft.array(new Shape(PREFIX, given.decoder.shape().embeddingSize()));
            List<TokenRow> texts = ROWS.stream()
                    .map(row -> new TokenRow(DecoderBatch.joined(row), new int[row.length()], new int[0]))
                    .toList();
            NDArray words = given.decoder.embeddings(given.scope, texts);
            given.soft.assertPermuted(List.of(table), 0, (arrays, ids) -> {
                int[] places = {ids[0], ids[1], ids[2], ids[0]};
                return given.loss(Injection.ofEmbeddings(given.soft.behind(arrays.get(0), places, words)));
            });
            given.soft.assertPermuted(
                    given.prefix(1, PREFIX), 2, (arrays, ids) -> given.loss(given.behind(arrays, PREFIX)));
        }
    }

    private static int[] joined(int[] first, int[] second) {
        return DecoderBatch.joined(new TextRow(first, second));
    }

    private Given given(String name) {
        return new Given(loaded.computeIfAbsent(name, DecoderPrefixTest::exact));
    }

    private static Decoder exact(String name) {
        try (Decoder decoder = new DecoderFixture(name).load()) {
            return DecoderFixture.inDoubles(decoder);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void free() {
        loaded.values().forEach(Decoder::close);
    }

    /** A decoder, and what a test makes for it. */
    private static final class Given implements AutoCloseable {

        final Decoder decoder;
        final NDManager scope;
        final SoftInputs soft;

        Given(Decoder decoder) {
            this.decoder = decoder;
            this.scope = decoder.memory().newSubManager();
            this.soft = new SoftInputs(scope);
        }

        List<NDArray> prefix(int rows, int length) {
            return soft.prefix(decoder.shape(), rows, length);
        }

        Injection behind(List<NDArray> prefix, int first) {
            return new Injection(null, Map.of(PrefixSite.DECODER, prefix), first);
        }

        NDArray loss(Injection injection) {
            return decoder.targetLoss(scope, ROWS, Dropout.NONE, injection).sum();
        }

        double[] losses(List<TextRow> rows, Injection injection) {
            return decoder.targetLoss(scope, rows, Dropout.NONE, injection).toDoubleArray();
        }

        /** Rows branch and prompts end; at every step each row's logits are those of its whole text. */
        void write(List<int[]> prompts, Injection injection) {
            int[][] steps = {{0, 0, 1, 1, 2, 2}, {1, 0, 3, 3, 5, 4}, {0, 1, 4, 4}, {1, 3}, {1}, {0}};
            List<int[]> texts = prompts;
            try (Decoding decoding = decoder.read(prompts, steps.length, injection)) {
                assertAll(decoding, texts, injection);
                for (int[] parents : steps) {
                    List<int[]> before = texts;
                    int[] tokens =
                            Arrays.stream(parents).map(parent -> 50 - parent).toArray();
                    decoding.advance(parents, tokens);
                    texts = Arrays.stream(parents)
                            .mapToObj(parent -> joined(before.get(parent), new int[] {50 - parent}))
                            .toList();
                    assertAll(decoding, texts, injection);
                }
            }
        }

        private void assertAll(Decoding decoding, List<int[]> texts, Injection injection) {
            double[] logits = decoding.logits().toDoubleArray();
            for (int r = 0; r < texts.size(); r++) {
                assertLast(logits, r, texts.get(r), injection);
            }
        }

        void assertLast(double[] logits, int row, int[] text, Injection injection) {
            double[] whole = decoder.everywhere(scope, text, injection).toDoubleArray();
            int vocabulary = decoder.shape().vocabularySize();
            assertThat(Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary))
                    .containsExactly(Arrays.copyOfRange(whole, whole.length - vocabulary, whole.length), within(1e-10));
        }

        @Override
        public void close() {
            scope.close();
        }
    }
}
