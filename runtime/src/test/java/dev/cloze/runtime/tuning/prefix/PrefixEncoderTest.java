package dev.cloze.runtime.tuning.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.decoder.Decoder;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.NativeMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives prefixes, against PEFT's and against what the model itself has of a text. */
class PrefixEncoderTest {

    private final PrefixGoldens goldens = new PrefixGoldens();

    @Test
    void aNetworkGivesWhatPeftsGivesAndItsGradientsAreTheSame() {
        JsonObject expected = goldens.json().getAsJsonObject("network");
        PrefixLayout layout = new PrefixLayout(Map.of(PrefixSite.DECODER, 2), 2, 4, 8, 3);
        try (PrefixEncoder encoder = PrefixEncoder.load(
                        ComputeDevice.CPU, layout, 5, PrefixGoldens.weights(expected.getAsJsonObject("weights")));
                NDManager scope = encoder.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray out = encoder.vectors(scope).get(0);
            assertNumbers(out, PrefixGoldens.numbers(expected.getAsJsonArray("out")), 1e-5);
            int size = (int) out.size();
            float[] factors = new float[size];
            IntStream.range(0, size).forEach(i -> factors[i] = -1 + 2f * i / (size - 1));
            gradients.backward(
                    out.tanh().mul(scope.create(factors, out.getShape())).sum());
            for (Map.Entry<WeightSlot, NDArray> weight : encoder.weights().entrySet()) {
                String name = weight.getKey().parts().get(0).substring("decoder.".length());
                assertNumbers(
                        weight.getValue().getGradient(),
                        PrefixGoldens.numbers(
                                expected.getAsJsonObject("gradients").getAsJsonArray(name)),
                        1e-5);
            }
        }
    }

    private static void assertNumbers(NDArray found, double[] expected, double precision) {
        float[] numbers = found.toFloatArray();
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) numbers[i]).isCloseTo(expected[i], within(precision));
        }
    }

    /** {@code view(B, k, 2L, n, d)}, then {@code permute(2, 0, 3, 1, 4)}, then pairs, as the code of prefix tuning has it. */
    @Test
    void keysAndValuesAreLaidOutAsInTheReferenceCode() {
        int k = 5;
        int layers = 3;
        int n = 2;
        int d = 4;
        float[] vector = new float[k * 2 * layers * n * d];
        IntStream.range(0, vector.length).forEach(i -> vector[i] = i);
        PrefixLayout layout = new PrefixLayout(Map.of(PrefixSite.DECODER, layers), n, d, 8, k);
        try (NDManager scope = NativeMemory.open(ComputeDevice.CPU)) {
            NDArray array = scope.create(vector, new Shape(k, 2L * layers * n * d));
            List<NDArray> pairs = PrefixForm.of(layout)
                    .injection(scope, List.of(array), Dropout.NONE)
                    .prefix(PrefixSite.DECODER);
            assertThat(pairs).hasSize(2 * layers);
            for (int half = 0; half < 2 * layers; half++) { // the key of each layer, then its value
                assertThat(pairs.get(half).getShape()).isEqualTo(new Shape(1, n, k, d));
                float[] found = pairs.get(half).toFloatArray();
                for (int head = 0; head < n; head++) {
                    for (int place = 0; place < k; place++) {
                        for (int i = 0; i < d; i++) {
                            int viewed = ((place * 2 * layers + half) * n + head) * d + i;
                            assertThat(found[(head * k + place) * d + i]).isEqualTo(vector[viewed]);
                        }
                    }
                }
            }
        }
    }

    /** In 64 bits, every number of every weight. */
    @Test
    void theNetworksGradientsAreSlopesOfItsLoss() {
        PrefixLayout layout = new PrefixLayout(Map.of(PrefixSite.ENCODER, 1, PrefixSite.DECODER, 2), 2, 3, 4, 3);
        try (NDManager scope = NativeMemory.open(ComputeDevice.CPU)) {
            SoftInputs inputs = new SoftInputs(scope);
            try (PrefixEncoder encoder = PrefixEncoder.load(ComputeDevice.CPU, layout, 5, inputs)) {
                List<NDArray> probes = encoder.vectors(scope).stream()
                        .map(vector -> inputs.array(vector.getShape()))
                        .toList();
                assertThat(encoder.weights()).hasSize(2 * 5);
                inputs.assertEverySlope(List.copyOf(encoder.weights().values()), () -> {
                    List<NDArray> vectors = encoder.vectors(scope);
                    return IntStream.range(0, probes.size())
                            .mapToObj(i ->
                                    vectors.get(i).tanh().mul(probes.get(i)).sum())
                            .reduce(NDArray::add)
                            .orElseThrow();
                });
            }
        }
    }

    /** The papers' and PEFT's own figures. */
    @Test
    void prefixesHaveAsManyNumbersAsThePapersSay() {
        PrefixLayout mediumGpt2 = new PrefixLayout(Map.of(PrefixSite.DECODER, 24), 16, 64, 1024, 5);
        assertThat(mediumGpt2.trained(512)).isEqualTo(25_744_896);
        assertThat(mediumGpt2.kept()).isEqualTo(245_760);
        assertThat(new PrefixLayout(Map.of(PrefixSite.DECODER, 28), 8, 128, 3072, 200).kept())
                .isEqualTo(11_468_800);
    }

    @Test
    void anEncoderDecoderHasThreePrefixesAndHeadsOfItsOwnWidth() {
        try (Backbone t5 = PrefixGoldens.load("parity-t5/t5-narrow-heads")) {
            PrefixLayout layout = PrefixLayout.of(t5, 3);
            assertThat(layout.sites().keySet())
                    .containsExactly(PrefixSite.ENCODER, PrefixSite.DECODER, PrefixSite.CROSS);
            assertThat(layout.width(PrefixSite.CROSS))
                    .isEqualTo(2L
                            * layout.sites().getOrDefault(PrefixSite.CROSS, 0)
                            * t5.shape().keyValueHeads()
                            * t5.shape().headSize());
            assertThat(layout.heads() * layout.headSize())
                    .isNotEqualTo(t5.shape().hiddenSize());
        }
    }

    /** A prefix made of a text's own keys and values is that text before the input. */
    @ParameterizedTest
    @ValueSource(strings = {"parity-decoder/gpt2", "parity-decoder/llama3"})
    void aPrefixOfATextIsThatTextBeforeTheInput(String name) {
        int[] text = {11, 42, 7, 30};
        int[] input = {5, 9, 13};
        try (Backbone backbone = PrefixGoldens.load(name);
                NDManager scope = backbone.memory().newSubManager()) {
            float[] numbers = TextPrefix.numbers(scope, (Decoder) backbone, text);
            PrefixLayout layout = PrefixLayout.of(backbone, text.length);
            NDArray vector = scope.create(numbers, new Shape(text.length, layout.width(PrefixSite.DECODER)));
            Injection prefix = PrefixForm.of(layout).injection(scope, List.of(vector), Dropout.NONE);
            int[] whole =
                    IntStream.concat(Arrays.stream(text), Arrays.stream(input)).toArray();
            float[] behind = logits(scope, backbone, input, prefix);
            float[] joined = logits(scope, backbone, whole, Injection.NONE);
            assertThat(behind).containsExactly(joined, within(1e-5f));
            assertThat(logits(scope, backbone, input, Injection.NONE)).isNotEqualTo(joined);
        }
    }

    /** After the last token. */
    private static float[] logits(NDManager scope, Backbone backbone, int[] ids, Injection injection) {
        int[] asking = Arrays.copyOf(ids, ids.length + 1);
        TokenRow row = new TokenRow(asking, new int[asking.length], new int[] {ids.length});
        return backbone.logits(scope, List.of(row), new int[0], false, Dropout.NONE, injection)
                .toFloatArray();
    }

    @Test
    void aNetworkIsFittedToKnownKeysAndValues() {
        PrefixLayout layout = new PrefixLayout(Map.of(PrefixSite.DECODER, 2), 2, 4, 8, 3);
        float[] numbers = new float[Math.toIntExact(layout.kept())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        try (PrefixEncoder encoder = PrefixEncoder.load(ComputeDevice.CPU, layout, 64, new PrefixStart(0.02, 1))) {
            double[] distances = PrefixFit.fit(encoder, numbers, PrefixFit.STEPS);
            assertThat(distances[PrefixFit.STEPS - 1]).isLessThan(distances[0] / 4);
        }
    }

    /** Of each row something else is dropped, what stays is scaled, and without dropout all rows share one prefix. */
    @Test
    void keysAndValuesAreDroppedForEachRow() {
        PrefixLayout layout = new PrefixLayout(Map.of(PrefixSite.ENCODER, 2), 2, 4, 8, 3);
        try (PrefixEncoder encoder = PrefixEncoder.load(ComputeDevice.CPU, layout, 0, new PrefixStart(1, 1));
                NDManager scope = encoder.memory().newSubManager()) {
            PrefixForm form = encoder.form(true);
            List<NDArray> vectors = encoder.vectors(scope);
            Dropout half = new Dropout(0.5, 0, 7);
            NDArray dropped = form.injection(scope, vectors, half, 4)
                    .prefix(PrefixSite.ENCODER)
                    .get(1);
            NDArray whole = form.injection(scope, vectors, Dropout.NONE, 4)
                    .prefix(PrefixSite.ENCODER)
                    .get(1);
            assertThat(whole.getShape().getShape()).containsExactly(1, 2, 3, 4);
            assertThat(dropped.getShape().getShape()).containsExactly(4, 2, 3, 4);
            float[] all = whole.toFloatArray();
            float[] some = dropped.toFloatArray();
            int zeros = 0;
            for (int i = 0; i < some.length; i++) {
                zeros += some[i] == 0 ? 1 : 0;
                assertThat(Math.abs(some[i])).isIn(0f, Math.abs(2 * all[i % all.length]));
            }
            assertThat(zeros).isBetween(some.length / 4, 3 * some.length / 4);
            assertThat(Arrays.copyOf(some, all.length))
                    .isNotEqualTo(Arrays.copyOfRange(some, all.length, 2 * all.length));
            assertThat(form.injection(scope, vectors, half, 4)
                            .prefix(PrefixSite.ENCODER)
                            .get(1)
                            .toFloatArray())
                    .isEqualTo(some);
        }
    }
}
