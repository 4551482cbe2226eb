package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family and layout against Hugging Face transformers: logits within 1e-5, gradients within 1e-4. */
class DecoderParityTest {

    static Stream<DecoderFixture> fixtures() throws IOException, URISyntaxException {
        return DecoderFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void logitsAfterEveryTokenAreThoseOfTheReference(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                Checkpoint numbers = fixture.numbers()) {
            for (String batch : List.of("single", "right")) {
                List<int[]> rows = fixture.rows(batch);
                for (int r = 0; r < rows.size(); r++) {
                    try (NDManager scope = decoder.memory().newSubManager()) {
                        float[] logits = decoder.everywhere(scope, rows.get(r), Injection.NONE)
                                .toFloatArray();
                        DecoderFixture.assertClose(logits, expected(numbers, batch, r, logits.length));
                    }
                }
            }
        }
    }

    /** Rows beside each other: padded on the right here, and in the reference on either side with the same results. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void scoresAtMasksAreThoseOfTheReference(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                Checkpoint numbers = fixture.numbers()) {
            int words = decoder.shape().vocabularySize();
            List<int[]> rows = fixture.rows("right");
            float[][][] scores = decoder.scores(
                    rows.stream().map(DecoderParityTest::withMask).toList(), new int[0], false);
            for (int r = 0; r < rows.size(); r++) {
                float[] row = expected(numbers, "right", r, rows.get(r).length * words);
                DecoderFixture.assertClose(scores[r][0], Arrays.copyOfRange(row, row.length - words, row.length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void labelWordsHaveTheReferencesLossAndWhereItIsKeptItsGradients(DecoderFixture fixture) throws IOException {
        JsonObject expected = fixture.labelWords();
        int[] words = DecoderFixture.vector(expected.get("words"));
        int[] labels = DecoderFixture.vector(expected.get("labels"));
        List<TokenRow> rows =
                fixture.rows("right").stream().map(DecoderParityTest::withMask).toList();
        try (Decoder decoder = fixture.load();
                Checkpoint numbers = fixture.numbers()) {
            decoder.weights().values().forEach(weight -> weight.setRequiresGradient(true));
            try (NDManager scope = decoder.memory().newSubManager();
                    Gradients gradients = Gradients.record()) {
                NDArray index =
                        scope.create(labels).toType(DataType.INT64, false).expandDims(1);
                NDArray mean = decoder.logits(scope, rows, words, false, Dropout.NONE, Injection.NONE)
                        .squeeze(1)
                        .logSoftmax(1)
                        .gather(index, 1)
                        .neg()
                        .mean();
                gradients.backward(mean);
                assertThat((double) mean.getFloat())
                        .isCloseTo(expected.get("loss").getAsDouble(), within(1e-5));
            }
            if (numbers.names().stream().anyMatch(name -> name.startsWith("label_words."))) {
                assertGradients(numbers, "label_words.", decoder);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void lossesOfTargetsAreThoseOfTheReference(DecoderFixture fixture) throws IOException {
        JsonArray rows = fixture.loss().getAsJsonArray("rows");
        try (Decoder decoder = fixture.load()) {
            double[] losses = decoder.targetLosses(fixture.targets());
            for (int r = 0; r < losses.length; r++) {
                assertThat(losses[r]).isCloseTo(rows.get(r).getAsDouble(), within(5e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gradientsOfEveryWeightAreThoseOfTheReference(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = loaded.trainableCopy();
                Checkpoint numbers = fixture.numbers()) {
            try (NDManager scope = decoder.memory().newSubManager();
                    Gradients gradients = Gradients.record()) {
                List<TextRow> rows = fixture.targets();
                NDArray mean = decoder.targetLoss(scope, rows, Dropout.NONE, Injection.NONE)
                        .mean();
                gradients.backward(mean);
                assertThat(mean.getFloat()).isCloseTo(fixture.loss().get("loss").getAsFloat(), within(5e-5f));
            }
            assertGradients(numbers, "targets.", decoder);
        }
    }

    private static void assertGradients(Checkpoint numbers, String loss, Decoder decoder) {
        Set<String> compared = new HashSet<>();
        for (Map.Entry<WeightSlot, NDArray> weight : decoder.weights().entrySet()) {
            Map<String, Tensor> published =
                    weight.getKey().published(weight.getValue().getGradient());
            for (Map.Entry<String, Tensor> part : published.entrySet()) {
                String name = loss + part.getKey();
                assertThat(numbers.names()).contains(name);
                assertThat(DecoderFixture.array(part.getValue().data()))
                        .as(name)
                        .containsExactly(DecoderFixture.array(numbers.floats(name)), within(1e-4f));
                compared.add(name);
            }
        }
        assertThat(numbers.names().stream().filter(name -> name.startsWith(loss)))
                .containsExactlyInAnyOrderElementsOf(compared);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void tensorsAreGivenBackAsPublished(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                Checkpoint checkpoint = fixture.checkpoint()) {
            decoder.tensors().forEach((name, tensor) -> {
                String inFile = fixture.inFile(name);
                assertThat(tensor.shape()).as(name).containsExactly(checkpoint.shape(inFile));
                assertThat(DecoderFixture.array(tensor.data()))
                        .as(name)
                        .containsExactly(DecoderFixture.array(checkpoint.floats(inFile)));
            });
        }
    }

    /** The row and a mask after it, which is not read. */
    static TokenRow withMask(int[] ids) {
        int[] longer = Arrays.copyOf(ids, ids.length + 1);
        return new TokenRow(longer, new int[longer.length], new int[] {ids.length});
    }

    private static float[] expected(Checkpoint numbers, String batch, int row, int length) {
        long[] shape = numbers.shape(batch + ".logits");
        int at = (int) (row * shape[1] * shape[2]);
        return Arrays.copyOfRange(DecoderFixture.array(numbers.floats(batch + ".logits")), at, at + length);
    }
}
