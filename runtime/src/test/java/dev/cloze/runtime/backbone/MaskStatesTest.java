package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the head compares with words, held against the logits, which are those of transformers (the parity tests). */
class MaskStatesTest {

    private static final int[] WORDS = {7, 3, 11};

    static Stream<String> models() {
        return Stream.of(
                        TinyBackbones.ENCODERS,
                        TinyBackbones.WRITERS,
                        List.of("parity/bert-untied-decoder", "parity-decoder/llama2", "parity-t5/t5-v1_1"))
                .flatMap(List::stream);
    }

    /** Of an encoder a word's logit has a bias beside the product, which is the same in every row. */
    @ParameterizedTest
    @MethodSource("models")
    void aWordsLogitIsItsVectorTimesWhatTheHeadCompares(String model) throws IOException {
        try (Backbone backbone = TinyBackbones.load(model);
                NDManager scope = backbone.memory().newSubManager()) {
            List<TokenRow> rows = rows(backbone.kind());
            float[][][] logits = backbone.scores(rows, WORDS, false);
            float[][] vectors = backbone.wordVectors(WORDS);
            NDArray compared = backbone.states(scope, rows, StatePooling.HEAD);
            assertThat(compared.getShape()).isEqualTo(new Shape(rows.size(), 1, vectors[0].length));
            NDArray trained = backbone.states(scope, rows, StatePooling.HEAD, Dropout.NONE, Injection.NONE);
            // Matrices are packed to infer, and add up in another order.
            assertThat(trained.toFloatArray()).containsExactly(compared.toFloatArray(), within(1e-5f));
            for (int w = 0; w < WORDS.length; w++) {
                double bias =
                        logits[0][0][w] - product(vectors[w], compared.get(0).toFloatArray());
                assertThat(bias).isCloseTo(0, within(backbone.kind() == BackboneKind.ENCODER ? 1.0 : 1e-5));
                for (int r = 1; r < rows.size(); r++) {
                    assertThat(logits[r][0][w])
                            .isCloseTo(
                                    (float) (bias
                                            + product(
                                                    vectors[w], compared.get(r).toFloatArray())),
                                    within(1e-5f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void statesAtMasksAreTheLastOnes(String model) throws IOException {
        try (Backbone backbone = TinyBackbones.load(model);
                NDManager scope = backbone.memory().newSubManager()) {
            List<TokenRow> rows = rows(backbone.kind());
            float[] states = backbone.states(scope, rows, StatePooling.MASKS).toFloatArray();
            if (backbone.kind() == BackboneKind.ENCODER_DECODER) {
                float[] compared =
                        backbone.states(scope, rows, StatePooling.HEAD).toFloatArray();
                double ratio = compared[0] / states[0];
                for (int i = 0; i < states.length; i++) {
                    assertThat(compared[i]).isCloseTo((float) (ratio * states[i]), within(1e-5f));
                }
                return;
            }
            int before = backbone.kind() == BackboneKind.DECODER ? 1 : 0;
            List<TokenRow> places = rows.stream()
                    .map(row -> new TokenRow(row.ids(), row.segments(), new int[] {row.asked()[0] - before}))
                    .toList();
            assertThat(states)
                    .containsExactly(
                            backbone.states(scope, places, StatePooling.PLACES).toFloatArray(), within(1e-5f));
        }
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    /** Of unlike length, the mask last where a decoder is asked. */
    private static List<TokenRow> rows(BackboneKind kind) {
        return Stream.of(new int[] {5, 9, 4, 2}, new int[] {6, 8, 12, 10, 4, 3, 2}, new int[] {9, 9, 2})
                .map(ids -> new TokenRow(ids, Arrays.stream(ids).map(id -> 0).toArray(), new int[] {
                    kind == BackboneKind.DECODER ? ids.length - 1 : ids.length - 2
                }))
                .toList();
    }
}
