package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.t5.T5;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The last hidden states of every family against transformers: numbers within 1e-5, gradients within 1e-4. */
class HiddenStatesParityTest {

    /** States lie between -3 and 3, and processors add up in different orders. */
    private static final float ROUNDING = 2e-5f;

    static Stream<HeadFixture> fixtures() throws IOException, URISyntaxException {
        return HeadFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void statesAreThoseOfTheReferenceAtPlacesAndEverywhere(HeadFixture fixture) throws IOException {
        try (Backbone backbone = fixture.load();
                Checkpoint numbers = fixture.numbers();
                NDManager scope = backbone.memory().newSubManager()) {
            long[] shape = numbers.shape("states");
            for (boolean last : new boolean[] {false, true}) {
                List<TokenRow> rows = fixture.rows(last);
                NDArray said = backbone.states(scope, rows, StatePooling.PLACES);
                assertThat(said.getShape()).isEqualTo(new Shape(rows.size(), 1, shape[2]));
                float[] trained = backbone.states(scope, rows, StatePooling.PLACES, Dropout.NONE, Injection.NONE)
                        .toFloatArray();
                assertThat(trained).containsExactly(said.toFloatArray(), within(ROUNDING));
                for (int r = 0; r < rows.size(); r++) {
                    float[] state = said.get(r).toFloatArray();
                    assertThat(state).containsExactly(expected(numbers, "states", r, rows.get(r)), within(ROUNDING));
                }
            }
            List<TokenRow> rows = nowhere(fixture.rows(false));
            assertEverywhere(numbers, "states", backbone.states(scope, rows, StatePooling.PLACES), rows);
            if (backbone instanceof T5 model) {
                assertEverywhere(numbers, "encoded", model.encoded(scope, rows, Dropout.NONE, Injection.NONE), rows);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void meansLeavePaddingOut(HeadFixture fixture) throws IOException {
        try (Backbone backbone = fixture.load();
                Checkpoint numbers = fixture.numbers();
                NDManager scope = backbone.memory().newSubManager()) {
            List<TokenRow> rows = fixture.rows(false);
            float[] expected = HeadFixture.array(numbers.floats("means"));
            assertThat(backbone.states(scope, rows, StatePooling.MEAN).toFloatArray())
                    .containsExactly(expected, within(ROUNDING));
            float[] alone = backbone.states(scope, rows.subList(1, 2), StatePooling.MEAN)
                    .toFloatArray();
            assertThat(alone)
                    .containsExactly(Arrays.copyOfRange(expected, alone.length, 2 * alone.length), within(ROUNDING));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theGradientOfALossOverMeansIsThatOfTheReference(HeadFixture fixture) throws IOException {
        try (Backbone loaded = fixture.load();
                Backbone body = loaded.trainableBody();
                Checkpoint numbers = fixture.numbers()) {
            try (NDManager scope = body.memory().newSubManager();
                    Gradients gradients = Gradients.record()) {
                NDArray means =
                        body.states(scope, fixture.rows(false), StatePooling.MEAN, Dropout.NONE, Injection.NONE);
                NDArray out = scope.create(
                        HeadFixture.array(numbers.floats("mean_out")), new Shape(numbers.shape("mean_out")));
                NDArray labels = scope.create(fixture.labels()).toType(DataType.INT64, false);
                NDArray loss = means.matMul(out.transpose())
                        .logSoftmax(1)
                        .gather(labels.expandDims(1), 1)
                        .neg()
                        .mean();
                gradients.backward(loss);
                assertThat((double) loss.getFloat())
                        .isCloseTo(fixture.json().get("mean_loss").getAsDouble(), within(1e-5));
            }
            NDArray embedding = body.weights().values().iterator().next();
            assertThat(embedding.getGradient().toFloatArray())
                    .containsExactly(HeadFixture.array(numbers.floats("mean_loss.embedding")), within(1e-4f));
        }
    }

    private static void assertEverywhere(Checkpoint numbers, String name, NDArray said, List<TokenRow> rows) {
        assertThat(said.getShape().getShape()).containsExactly(numbers.shape(name));
        for (int r = 0; r < rows.size(); r++) {
            for (int t = 0; t < rows.get(r).length(); t++) {
                TokenRow asking = new TokenRow(rows.get(r).ids(), rows.get(r).segments(), new int[] {t});
                assertThat(said.get(r).get(t).toFloatArray())
                        .as("row %d, position %d", r, t)
                        .containsExactly(expected(numbers, name, r, asking), within(ROUNDING));
            }
        }
    }

    private static float[] expected(Checkpoint numbers, String name, int r, TokenRow row) {
        long[] shape = numbers.shape(name);
        int at = (int) ((r * shape[1] + row.asked()[0]) * shape[2]);
        return Arrays.copyOfRange(HeadFixture.array(numbers.floats(name)), at, at + (int) shape[2]);
    }

    private static List<TokenRow> nowhere(List<TokenRow> rows) {
        return rows.stream()
                .map(row -> new TokenRow(row.ids(), row.segments(), new int[0]))
                .toList();
    }
}
