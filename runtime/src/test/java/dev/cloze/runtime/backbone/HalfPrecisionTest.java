package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers in bfloat16, whose numbers have 8 bits: what comes out is no farther from float32 than transformers' is, with the same weights
 * and all that it computes in bfloat16 ({@code half_precision_goldens.py}). The distance is the length of the difference over that of what
 * float32 gives.
 */
@ParameterizedClass
@ValueSource(
        strings = {
            "parity/bert-tied",
            "parity/roberta",
            "parity/albert",
            "parity/distilbert",
            "parity-decoder/gpt2",
            "parity-decoder/llama3",
            "parity-decoder/qwen3",
            "parity-t5/t5",
            "parity-t5/t5-v1_1",
            "parity-t5/umt5"
        })
class HalfPrecisionTest {

    /** The texts are others than those that transformers read, of which its largest distance is taken. */
    private static final double OTHER_TEXTS = 1.25;

    /** Nobody computes in bfloat16 what is as near to float32 as this. */
    private static final double NEAR = 1e-5;

    private static final ComputeDevice HALF = ComputeDevice.CPU.at(ComputePrecision.BFLOAT16);

    private final Path folder;
    private final JsonObject config;
    private final JsonObject goldens;

    private Backbone exact;
    private Backbone half;

    HalfPrecisionTest(String name) throws IOException, URISyntaxException {
        folder = ParityFixture.root().resolveSibling(name);
        config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                .getAsJsonObject();
        for (String rate : List.of("hidden_dropout_prob", "attention_probs_dropout_prob", "dropout", "dropout_rate")) {
            if (config.has(rate)) {
                config.addProperty(rate, 0);
            }
        }
        goldens = JsonParser.parseString(Files.readString(folder.resolveSibling("../half-precision.json")))
                .getAsJsonObject()
                .getAsJsonObject(name);
        exact = load(ComputeDevice.CPU);
        half = exact;
    }

    @BeforeEach
    void loadHalf() {
        assumeTrue(ComputePrecision.isThere(ComputeDevice.CPU), "this machine has no products in bfloat16");
        half = load(HALF);
    }

    @AfterEach
    void close() {
        exact.close();
        half.close();
    }

    private Backbone load(ComputeDevice device) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return BackboneFamilies.of("model", config).load("model", config, checkpoint, device);
        }
    }

    private List<TokenRow> rows(int... lengths) {
        Random random = new Random(4);
        boolean last = exact.kind() == BackboneKind.DECODER;
        return Arrays.stream(lengths)
                .mapToObj(length -> new TokenRow(
                        random.ints(length, 5, exact.shape().vocabularySize()).toArray(),
                        new int[length],
                        new int[] {last ? length - 1 : length / 2}))
                .toList();
    }

    private static float[] flat(float[][][] scores) {
        double[] numbers = Arrays.stream(scores)
                .flatMap(Arrays::stream)
                .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i]))
                .toArray();
        float[] flat = new float[numbers.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) numbers[i];
        }
        return flat;
    }

    /** How far transformers is from float32. */
    private double far(String part) {
        return OTHER_TEXTS * goldens.getAsJsonObject(part).get("largest").getAsDouble();
    }

    private void assertNear(String part, float[] found, float[] expected) {
        assertThat(distance(found, expected)).isBetween(NEAR, far(part));
    }

    private static double distance(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }

    @Test
    void statesAndScoresAreNearThoseOfFloat32AndEqualEachTime() {
        List<TokenRow> rows = rows(3, 9, 6, 9);
        int[] words = {7, 11, 20};
        try (NDManager scope = half.memory().newSubManager();
                NDManager other = exact.memory().newSubManager()) {
            float[] states = half.states(scope, rows, StatePooling.MEAN).toFloatArray();
            assertNear(
                    "states",
                    states,
                    exact.states(other, rows, StatePooling.MEAN).toFloatArray());
            assertThat(half.states(scope, rows, StatePooling.MEAN).toFloatArray())
                    .isEqualTo(states);
        }
        float[] scores = flat(half.scores(rows, words, true));
        assertNear("logits", scores, flat(exact.scores(rows, words, true)));
        assertThat(flat(half.scores(rows, words, true))).isEqualTo(scores);
    }

    @Test
    void gradientsAreNearThoseOfFloat32AndOfItsWeights() {
        List<TokenRow> rows = rows(7, 7);
        half.scores(rows, new int[] {9}, false);
        try (Backbone trained = half.trainableCopy();
                Backbone plain = exact.trainableCopy()) {
            Map<WeightSlot, NDArray> weights = trained.weights();
            List<NDArray> expected = List.copyOf(plain.weights().values());
            backward(trained, rows);
            backward(plain, rows);
            int i = 0;
            double difference = 0;
            double length = 0;
            for (NDArray weight : weights.values()) {
                NDArray like = expected.get(i++);
                assertThat(weight.toFloatArray()).isEqualTo(like.toFloatArray());
                float[] found = weight.getGradient().toFloatArray();
                float[] wanted = like.getGradient().toFloatArray();
                for (int n = 0; n < found.length; n++) {
                    difference += Math.pow((double) found[n] - wanted[n], 2);
                    length += Math.pow(wanted[n], 2);
                }
            }
            assertThat(Math.sqrt(difference / length)).isBetween(NEAR, far("gradients"));
        }
    }

    private static void backward(Backbone trained, List<TokenRow> rows) {
        try (NDManager scope = trained.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray logits = trained.logits(scope, rows, new int[] {7, 11, 20}, false, Dropout.NONE, Injection.NONE);
            gradients.backward(logits.squeeze(1).logSoftmax(1).get(":, 0").neg().mean());
        }
    }

    @Test
    void whatIsWrittenIsAsProbableAsInFloat32() {
        if (!(half instanceof TextBackbone writer) || !(exact instanceof TextBackbone like)) {
            return;
        }
        List<int[]> prompts = rows(4, 6).stream().map(TokenRow::ids).toList();
        try (Decoding decoding = writer.read(prompts, 4, Injection.NONE);
                Decoding plain = like.read(prompts, 4, Injection.NONE)) {
            assertNear(
                    "logits", decoding.logits().toFloatArray(), plain.logits().toFloatArray());
            for (int[] tokens : new int[][] {{9, 12}, {20, 8}}) {
                decoding.advance(new int[] {0, 1}, tokens);
                plain.advance(new int[] {0, 1}, tokens);
                assertNear(
                        "logits",
                        decoding.logits().toFloatArray(),
                        plain.logits().toFloatArray());
            }
        }
        List<TextRow> rows = prompts.stream()
                .map(prompt -> new TextRow(prompt, new int[] {8, 15}))
                .toList();
        double[] losses = writer.targetLosses(rows, Injection.NONE);
        double[] expected = like.targetLosses(rows, Injection.NONE);
        for (int r = 0; r < losses.length; r++) {
            assertThat(losses[r] / expected[r]).isBetween(1 - far("logits"), 1 + far("logits"));
        }
    }
}
