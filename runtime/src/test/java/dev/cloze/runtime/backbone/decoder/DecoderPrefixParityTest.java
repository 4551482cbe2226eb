package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prefixes and embeddings against transformers: a cache filled beforehand, with the text's own positions behind the prefix
 * and from 0 on, and {@code inputs_embeds}.
 */
class DecoderPrefixParityTest {

    private static final List<String> CASES = List.of("prefix", "prefix-at-zero", "embeddings");

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "qwen3"})
    void logitsAndGradientsAreThoseOfTheReference(String model) throws IOException, URISyntaxException {
        DecoderFixture fixture = new DecoderFixture(model);
        try (Decoder decoder = fixture.load();
                Decoder exact = DecoderFixture.inDoubles(decoder);
                Checkpoint numbers = fixture.numbers("prefix.safetensors")) {
            List<String> cases = new ArrayList<>();
            for (JsonElement element : fixture.json("prefix.json").getAsJsonArray("cases")) {
                JsonObject expected = element.getAsJsonObject();
                check(new Case(decoder, DataType.FLOAT32, fixture, numbers, expected));
                check(new Case(exact, DataType.FLOAT64, fixture, numbers, expected));
                cases.add(expected.get("name").getAsString());
            }
            assertThat(cases).containsExactlyElementsOf(CASES);
        }
    }

    private static void check(Case given) {
        try (NDManager scope = given.decoder().memory().newSubManager()) {
            Map<String, NDArray> inputs = given.inputs(scope);
            assertLogits(given, scope, inputs);
            assertWhatComesNext(given, scope, given.injection(inputs));
            assertGradients(given, scope, inputs);
        }
    }

    /** Each row alone, after every token. */
    private static void assertLogits(Case given, NDManager scope, Map<String, NDArray> inputs) {
        List<int[]> rows = given.fixture().rows("right");
        for (int r = 0; r < rows.size(); r++) {
            Map<String, NDArray> own = new LinkedHashMap<>(inputs);
            String row = r + ":" + (r + 1);
            own.computeIfPresent("embeddings", (name, array) -> array.get(row));
            NDArray logits = given.decoder().everywhere(scope, rows.get(r), given.injection(own));
            given.assertClose(logits, given.logits(r, 0, rows.get(r).length));
        }
    }

    /** All rows beside each other, after the last token: as they are trained at masks, and as they are read. */
    private static void assertWhatComesNext(Case given, NDManager scope, Injection injection) {
        List<int[]> rows = given.fixture().rows("right");
        List<TokenRow> masked = rows.stream().map(DecoderParityTest::withMask).toList();
        NDArray trained = given.decoder().logits(scope, masked, new int[0], false, Dropout.NONE, injection);
        float[] expected = new float[(int) trained.size()];
        int vocabulary = expected.length / rows.size();
        for (int r = 0; r < rows.size(); r++) {
            int last = rows.get(r).length - 1;
            System.arraycopy(given.logits(r, last, last + 1), 0, expected, r * vocabulary, vocabulary);
        }
        given.assertClose(trained, expected);
        try (Decoding decoding = given.decoder().read(rows, 1, injection)) {
            given.assertClose(decoding.logits(), expected);
        }
    }

    private static void assertGradients(Case given, NDManager scope, Map<String, NDArray> inputs) {
        inputs.values().forEach(array -> array.setRequiresGradient(true));
        try (Gradients gradients = Gradients.record()) {
            NDArray loss = given.decoder()
                    .targetLoss(scope, given.fixture().targets(), Dropout.NONE, given.injection(inputs))
                    .mean();
            gradients.backward(loss);
            assertThat(Case.floats(loss)[0])
                    .as("loss of %s", given)
                    .isCloseTo(given.expected().get("loss").getAsFloat(), within(5e-5f));
        }
        inputs.forEach((input, array) -> assertThat(Case.floats(array.getGradient()))
                .as("gradient of %s, %s", given, input)
                .containsExactly(
                        given.numbers(given.name() + ".gradient." + input), within(given.precise() ? 1e-5f : 1e-4f)));
    }

    /** One of the cases, in numbers of one size. */
    private record Case(
            Decoder decoder, DataType type, DecoderFixture fixture, Checkpoint numbers, JsonObject expected) {

        String name() {
            return expected.get("name").getAsString();
        }

        Map<String, NDArray> inputs(NDManager scope) {
            Map<String, NDArray> inputs = new LinkedHashMap<>();
            for (JsonElement element : expected.getAsJsonArray("inputs")) {
                String input = element.getAsString();
                NDArray array = scope.create(numbers(input), new Shape(numbers.shape(input)));
                inputs.put(input, array.toType(type, false));
            }
            return inputs;
        }

        /** The prefix's arrays are called decoder.LAYER.key and decoder.LAYER.value, in the order of an injection. */
        Injection injection(Map<String, NDArray> inputs) {
            NDArray embeddings = inputs.get("embeddings");
            if (embeddings != null) {
                return Injection.ofEmbeddings(embeddings);
            }
            int first = expected.get("first_position").getAsInt();
            return new Injection(null, Map.of(PrefixSite.DECODER, List.copyOf(inputs.values())), first);
        }

        /** The logits of a row from one position to another. */
        float[] logits(int row, int from, int to) {
            long[] shape = numbers.shape(name() + ".logits");
            int at = (int) (row * shape[1] * shape[2]);
            int vocabulary = (int) shape[2];
            return Arrays.copyOfRange(numbers(name() + ".logits"), at + from * vocabulary, at + to * vocabulary);
        }

        boolean precise() {
            return type == DataType.FLOAT64;
        }

        float[] numbers(String tensor) {
            return DecoderFixture.array(numbers.floats(tensor));
        }

        /** In 32 bits rounding alone comes to 1e-5 of the largest logit, transformers' own too. */
        void assertClose(NDArray actual, float[] logits) {
            float largest = actual.abs().max().toType(DataType.FLOAT32, false).getFloat();
            float precision = 1e-5f * (precise() ? 1 : Math.max(1, largest));
            assertThat(floats(actual)).as("logits of %s", this).containsExactly(logits, within(precision));
        }

        static float[] floats(NDArray array) {
            return array.toType(DataType.FLOAT32, false).toFloatArray();
        }

        @Override
        public String toString() {
            return fixture + ", " + name() + ", " + type;
        }
    }
}
