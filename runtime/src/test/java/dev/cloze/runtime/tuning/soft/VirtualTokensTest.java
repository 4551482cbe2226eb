package dev.cloze.runtime.tuning.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual tokens whose vectors are word embeddings are these words, wherever a backbone reads them. */
class VirtualTokensTest {

    private static final int[] WORDS = {7, 9, 11};
    private static final int[] HARD = {5, 8, 30, 12, 4, 17};
    private static final int[] SOFT = {5, Injection.virtualId(1), 30, 12, Injection.virtualId(0), 17};
    private static final int[] TABLE = {4, 8};
    private static final int[] OTHER = {6, 21, 3};

    static Stream<String> all() {
        return Stream.concat(TinyBackbones.ENCODERS.stream(), TinyBackbones.WRITERS.stream());
    }

    static Stream<String> writers() {
        return TinyBackbones.WRITERS.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void scoresLogitsAndStatesAreThoseOfTheWords(String name) throws IOException {
        try (Backbone backbone = TinyBackbones.load(name);
                NDManager scope = backbone.memory().newSubManager()) {
            Injection injection = Injection.ofVirtualTokens(vectors(scope, backbone));
            List<TokenRow> hard = List.of(asked(HARD), asked(OTHER));
            List<TokenRow> soft = List.of(asked(SOFT), asked(OTHER));
            float[][][] expected = backbone.scores(hard, WORDS, true);
            float[][][] scores = backbone.scores(soft, WORDS, true, injection);
            for (int r = 0; r < expected.length; r++) {
                assertThat(scores[r][0]).containsExactly(expected[r][0], within(1e-5f));
            }
            assertThat(backbone.logits(scope, soft, WORDS, false, Dropout.NONE, injection)
                            .toFloatArray())
                    .containsExactly(
                            backbone.logits(scope, hard, WORDS, false, Dropout.NONE, Injection.NONE)
                                    .toFloatArray(),
                            within(1e-5f));
            for (StatePooling pooling : StatePooling.values()) {
                if (pooling == StatePooling.PLACES && !(name.contains("bert") || name.contains("decoder"))) {
                    continue; // a T5's decoder reads the text there as well, which virtual tokens are no part of
                }
                assertThat(backbone.states(scope, soft, pooling, Dropout.NONE, injection)
                                .toFloatArray())
                        .containsExactly(backbone.states(scope, hard, pooling).toFloatArray(), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void lossesOfTargetsAndWritingAreThoseOfTheWords(String name) throws IOException {
        try (TextBackbone backbone = (TextBackbone) TinyBackbones.load(name);
                NDManager scope = backbone.memory().newSubManager()) {
            Injection injection = Injection.ofVirtualTokens(vectors(scope, backbone));
            int[] target = {9, 2, 14};
            List<TextRow> hard = List.of(new TextRow(HARD, target), new TextRow(OTHER, target));
            List<TextRow> soft = List.of(new TextRow(SOFT, target), new TextRow(OTHER, target));
            double[] losses = backbone.targetLosses(hard);
            assertThat(backbone.targetLosses(soft, injection)).containsExactly(losses, within(1e-5));
            assertThat(backbone.targetLoss(scope, soft, Dropout.NONE, injection).toFloatArray())
                    .containsExactly(
                            backbone.targetLoss(scope, hard, Dropout.NONE, Injection.NONE)
                                    .toFloatArray(),
                            within(1e-5f));
            assertWritten(backbone, List.of(HARD, OTHER), List.of(SOFT, OTHER), injection);
        }
    }

    /** A beginning that prompts share is read once, virtual tokens in it too. */
    @ParameterizedTest
    @MethodSource("writers")
    void promptsThatShareVirtualTokensAreReadAsTheWords(String name) throws IOException {
        try (TextBackbone backbone = (TextBackbone) TinyBackbones.load(name);
                NDManager scope = backbone.memory().newSubManager()) {
            Injection injection = Injection.ofVirtualTokens(vectors(scope, backbone));
            List<int[]> hard =
                    IntStream.range(0, 9).mapToObj(i -> with(HARD, i)).toList();
            List<int[]> soft =
                    IntStream.range(0, 9).mapToObj(i -> with(SOFT, i)).toList();
            assertWritten(backbone, hard, soft, injection);
        }
    }

    private static int[] with(int[] text, int last) {
        int[] longer = Arrays.copyOf(text, text.length + 1);
        longer[text.length] = 10 + last;
        return longer;
    }

    private static void assertWritten(TextBackbone backbone, List<int[]> hard, List<int[]> soft, Injection injection) {
        int[] rows = IntStream.range(0, hard.size()).toArray();
        int[] tokens = IntStream.range(0, hard.size()).map(i -> i + 6).toArray();
        try (Decoding expected = backbone.read(hard, 3, Injection.NONE);
                Decoding written = backbone.read(soft, 3, injection)) {
            for (int step = 0; step < 2; step++) {
                assertThat(written.logits().toFloatArray())
                        .containsExactly(expected.logits().toFloatArray(), within(1e-5f));
                expected.advance(rows, tokens);
                written.advance(rows, tokens);
            }
        }
    }

    /** The rows of the word embedding for the words of the table, as vectors. */
    private static NDArray vectors(NDManager scope, Backbone backbone) {
        TokenRow row = new TokenRow(TABLE, new int[TABLE.length], new int[0]);
        return backbone.embeddings(scope, List.of(row)).get(0);
    }

    /** Asking for the last place, which every kind of backbone can. */
    private static TokenRow asked(int[] ids) {
        return new TokenRow(ids, new int[ids.length], new int[] {ids.length - 1});
    }
}
