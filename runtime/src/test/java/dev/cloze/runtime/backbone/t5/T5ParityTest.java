package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T5 and its later forms against Hugging Face transformers: logits within 1e-5, gradients within 1e-4. */
class T5ParityTest {

    static List<T5Fixture> fixtures() throws IOException, URISyntaxException {
        return T5Fixture.all();
    }

    /** Padded on the right here, and in the reference on either side with the same results. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void logitsAreThoseOfTheReferenceWithAndWithoutPadding(T5Fixture fixture) throws IOException {
        try (T5 model = fixture.load();
                Checkpoint numbers = fixture.numbers()) {
            assertLogits(numbers, "single", fixture.rows("single"), model);
            assertLogits(numbers, "right", fixture.rows("right"), model);
        }
    }

    /** Of 600 tokens, more than T5s are trained with: those far off share the last bucket. */
    @ParameterizedTest
    @ValueSource(strings = {"t5", "t5-narrow-heads", "umt5"})
    void aLongerTextIsReadAsTransformersReadsIt(String name) throws Exception {
        T5Fixture fixture = new T5Fixture(name);
        JsonObject golden = fixture.json("../long.json");
        TextRow row =
                new TextRow(ParityFixture.vector(golden.get("source")), ParityFixture.vector(golden.get("target")));
        assertThat(row.source()).hasSize(600);
        double[] expected = golden.getAsJsonObject("logits").getAsJsonArray(name).asList().stream()
                .flatMap(place -> place.getAsJsonArray().asList().stream())
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        try (T5 model = fixture.load();
                NDManager scope = model.memory().newSubManager()) {
            NDArray logits = model.logits(scope, List.of(row), Injection.NONE).toType(DataType.FLOAT64, true);
            assertThat(logits.toDoubleArray()).containsExactly(expected, within(1e-5));
        }
    }

    private static void assertLogits(Checkpoint numbers, String batch, List<TextRow> rows, T5 model) {
        long[] shape = numbers.shape(batch + ".logits");
        int vocabulary = (int) shape[2];
        float[] expected = T5Fixture.array(numbers.floats(batch + ".logits"));
        try (NDManager scope = model.memory().newSubManager()) {
            float[] logits = model.logits(scope, rows, Injection.NONE).toFloatArray();
            int at = 0;
            for (int r = 0; r < rows.size(); r++) {
                int tokens = rows.get(r).target().length;
                int from = (int) (r * shape[1] * vocabulary);
                assertThat(Arrays.copyOfRange(logits, at, at + tokens * vocabulary))
                        .as("row %d", r)
                        .containsExactly(Arrays.copyOfRange(expected, from, from + tokens * vocabulary), within(1e-5f));
                at += tokens * vocabulary;
            }
            assertThat(at).isEqualTo(logits.length);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aTargetsLossIsThatOfTheReferenceInABatchAndInBuckets(T5Fixture fixture) throws IOException {
        double[] expected = fixture.targets().getAsJsonArray("rows").asList().stream()
                .mapToDouble(row -> row.getAsDouble())
                .toArray();
        try (T5 model = fixture.load();
                NDManager scope = model.memory().newSubManager()) {
            List<TextRow> rows = fixture.rows("right");
            assertThat(model.targetLosses(rows)).containsExactly(expected, within(1e-4));
            float[] batch =
                    model.targetLoss(scope, rows, Dropout.NONE, Injection.NONE).toFloatArray();
            for (int r = 0; r < expected.length; r++) {
                assertThat((double) batch[r]).isCloseTo(expected[r], within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gradientsOfEveryWeightAreThoseOfTheReference(T5Fixture fixture) throws IOException {
        JsonObject expected = fixture.targets();
        try (T5 loaded = fixture.load();
                T5 model = loaded.trainableCopy();
                Checkpoint numbers = fixture.numbers();
                NDManager scope = model.memory().newSubManager()) {
            try (Gradients gradients = Gradients.record()) {
                NDArray loss = model.targetLoss(scope, fixture.rows("right"), Dropout.NONE, Injection.NONE)
                        .mean();
                gradients.backward(loss);
                assertThat((double) loss.getFloat())
                        .isCloseTo(expected.get("loss").getAsDouble(), within(1e-4));
            }
            assertGradients(numbers, model);
        }
    }

    private static void assertGradients(Checkpoint numbers, T5 model) {
        int compared = 0;
        for (Map.Entry<WeightSlot, NDArray> weight : model.weights().entrySet()) {
            WeightSlot slot = weight.getKey();
            NDList parts = weight.getValue().getGradient().split(slot.parts().size());
            for (int i = 0; i < parts.size(); i++) {
                String name = "targets." + slot.parts().get(i);
                assertThat(numbers.names()).contains(name);
                assertThat(parts.get(i).toFloatArray())
                        .as(name)
                        .containsExactly(T5Fixture.array(numbers.floats(name)), within(1e-4f));
                compared++;
            }
        }
        assertThat(compared).isEqualTo((int) numbers.names().stream()
                .filter(name -> name.startsWith("targets."))
                .count());
    }
}
