package dev.cloze.runtime.backbone.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family and layout against Hugging Face transformers: logits within 1e-5, gradients within 1e-4. */
class EncoderParityTest {

    static Stream<ParityFixture> fixtures() throws IOException, URISyntaxException {
        List<ParityFixture> fixtures = new ArrayList<>();
        for (String name : ParityFixture.all()) {
            fixtures.add(new ParityFixture(name));
        }
        return fixtures.stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void logitsAreThoseOfTheReference(ParityFixture fixture) throws IOException {
        try (Encoder encoder = fixture.load();
                Checkpoint numbers = fixture.numbers()) {
            assertLogits(numbers, "single", encoder.scores(fixture.rows("single"), new int[0], false));
            assertLogits(numbers, "right", encoder.scores(fixture.rows("right"), new int[0], false));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aRowIsIndependentOfPaddingItsSideAndItsNeighbours(ParityFixture fixture) throws IOException {
        try (Encoder encoder = fixture.load();
                NDManager scope = encoder.memory().newSubManager()) {
            List<TokenRow> rows = fixture.rows("right").stream()
                    .map(row -> new TokenRow(row.ids(), row.segments(), new int[] {0, row.length() - 1}))
                    .toList();
            float[] right =
                    encoder.score(scope, rows, EncoderBatch.Padding.RIGHT).toFloatArray();
            float[] left = encoder.score(scope, rows, EncoderBatch.Padding.LEFT).toFloatArray();
            assertThat(left).containsExactly(right, within(1e-5f));
            float[] first = encoder.score(scope, rows.subList(0, 1), EncoderBatch.Padding.RIGHT)
                    .toFloatArray();
            assertThat(Arrays.copyOf(right, first.length)).containsExactly(first, within(1e-5f));
        }
    }

    /** A RoBERTa with BERT's tokenizer, as KLUE's: the tokenizer numbers two segments, the model knows one. */
    @Test
    void aSecondSegmentIsTheFirstToAModelThatTellsNoneApart() throws Exception {
        ParityFixture roberta = new ParityFixture("roberta");
        List<TokenRow> rows = roberta.rows("right");
        List<TokenRow> halved = rows.stream()
                .map(row -> new TokenRow(row.ids(), halves(row.length()), row.asked()))
                .toList();
        try (Encoder encoder = roberta.load()) {
            assertThat(encoder.architecture().config().segments()).isEqualTo(1);
            assertThat(encoder.scores(halved, new int[0], false))
                    .isDeepEqualTo(encoder.scores(rows, new int[0], false));
        }
    }

    private static int[] halves(int length) {
        int[] segments = new int[length];
        Arrays.fill(segments, length / 2, length, 1);
        return segments;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gradientsOfEveryWeightAreThoseOfTheReference(ParityFixture fixture) throws IOException {
        for (JsonElement element : fixture.reference().getAsJsonArray("losses")) {
            JsonObject expected = element.getAsJsonObject();
            String loss = expected.get("name").getAsString();
            try (Encoder loaded = fixture.load();
                    Encoder encoder = loaded.trainableCopy();
                    Checkpoint numbers = fixture.numbers()) {
                double value = backward(encoder, fixture, loss, expected);
                assertThat(value).isCloseTo(expected.get("loss").getAsDouble(), within(1e-5));
                assertGradients(numbers, loss, encoder, 1);
                backward(encoder, fixture, loss, expected);
                assertGradients(numbers, loss, encoder, 2);
            }
        }
    }

    /** The mean cross-entropy at the places, each a row of its own that asks for one position. */
    private static double backward(Encoder encoder, ParityFixture fixture, String loss, JsonObject expected) {
        int[][] places = ParityFixture.matrix(expected.get("places"));
        int[] words = loss.equals("vocabulary") ? new int[0] : ParityFixture.vector(expected.get("words"));
        int[] targets = ParityFixture.vector(expected.get(loss.equals("vocabulary") ? "targets" : "labels"));
        List<TokenRow> batch = fixture.rows("right");
        List<TokenRow> rows = new ArrayList<>();
        for (int[] place : places) {
            TokenRow row = batch.get(place[0]);
            rows.add(new TokenRow(row.ids(), row.segments(), new int[] {place[1]}));
        }
        try (NDManager scope = encoder.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray logits = encoder.logits(scope, rows, words, false, Dropout.NONE, Injection.NONE);
            NDArray log = logits.squeeze(1).logSoftmax(1);
            NDArray index = scope.create(targets).toType(DataType.INT64, false).reshape(new Shape(rows.size(), 1));
            NDArray mean = log.gather(index, 1).neg().mean();
            gradients.backward(mean);
            return mean.getFloat();
        }
    }

    /** Those of so many equal passes, which add up. */
    private static void assertGradients(Checkpoint numbers, String loss, Encoder encoder, int passes) {
        int compared = 0;
        for (Map.Entry<WeightSlot, NDArray> weight : encoder.weights().entrySet()) {
            WeightSlot slot = weight.getKey();
            NDList parts = weight.getValue().getGradient().split(slot.parts().size());
            for (int i = 0; i < parts.size(); i++) {
                String name = loss + "." + slot.parts().get(i);
                assertThat(numbers.names()).contains(name);
                assertThat(parts.get(i).div(passes).toFloatArray())
                        .as(name)
                        .containsExactly(array(numbers.floats(name)), within(1e-4f));
                compared++;
            }
        }
        assertThat(compared).isEqualTo((int) numbers.names().stream()
                .filter(name -> name.startsWith(loss + "."))
                .count());
    }

    private static void assertLogits(Checkpoint numbers, String batch, float[][][] scores) {
        long[] shape = numbers.shape(batch + ".logits");
        float[] expected = array(numbers.floats(batch + ".logits"));
        for (int r = 0; r < scores.length; r++) {
            for (int t = 0; t < scores[r].length; t++) {
                int at = (int) ((r * shape[1] + t) * shape[2]);
                assertThat(scores[r][t])
                        .as("row %d, position %d", r, t)
                        .containsExactly(Arrays.copyOfRange(expected, at, at + (int) shape[2]), within(1e-5f));
            }
        }
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
