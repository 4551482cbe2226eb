package dev.cloze.runtime.tuning.ptuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.PTuning.Encoder;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.tuning.soft.SoftGoldens;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the authors' two prompt encoders in torch and PEFT's modules, see {@code soft_goldens.py}. */
class PromptEncoderTest {

    private static final int TOKENS = 3;
    private static final int SIZE = 4;

    static Stream<Arguments> forms() {
        int hidden = 3;
        return Stream.of(
                Arguments.of("lama", PromptEncoderShape.of(Encoder.LSTM, TOKENS, SIZE, 0, Compat.PAPER)),
                Arguments.of("fewglue", PromptEncoderShape.of(Encoder.LSTM, TOKENS, SIZE, 0, Compat.REFERENCE)),
                Arguments.of("fewglue-mlp", PromptEncoderShape.of(Encoder.MLP, TOKENS, SIZE, 0, Compat.PAPER)),
                Arguments.of("peft-lstm", new PromptEncoderShape(TOKENS, SIZE, hidden, List.of(2 * hidden))),
                Arguments.of("peft-mlp", new PromptEncoderShape(TOKENS, SIZE, 0, List.of(hidden, hidden))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void vectorsAndGradientsAreTorchs(String name, PromptEncoderShape shape) throws IOException {
        JsonObject golden =
                SoftGoldens.read("encoders.json").getAsJsonObject("encoders").getAsJsonObject(name);
        JsonObject weights = golden.getAsJsonObject("weights");
        WeightSource source = (memory, slot) ->
                memory.create(SoftGoldens.floats(named(weights, slot.parts().get(0))), new Shape(slot.shape()));
        try (PromptEncoder encoder = PromptEncoder.load(ComputeDevice.CPU, shape, source);
                NDManager scope = NativeMemory.open(ComputeDevice.CPU);
                Gradients recording = Gradients.record()) {
            NDArray vectors = encoder.vectors(scope).get(0);
            assertThat(vectors.getShape()).isEqualTo(new Shape(TOKENS, SIZE));
            assertThat(vectors.toFloatArray()).containsExactly(SoftGoldens.floats(golden.get("out")), within(1e-5f));
            NDArray product = vectors.mul(scope.create(SoftGoldens.floats(golden.get("probe")), vectors.getShape()));
            product.attach(scope);
            recording.backward(product.sum());
            JsonObject gradients = golden.getAsJsonObject("gradients");
            assertThat(encoder.weights()).hasSize(gradients.size());
            encoder.weights().forEach((slot, array) -> assertThat(
                            array.getGradient().toFloatArray())
                    .as(slot.parts().get(0))
                    .containsExactly(
                            SoftGoldens.floats(named(gradients, slot.parts().get(0))), within(2e-5f)));
        }
    }

    /** In 64 bits, every number of every weight. */
    @ParameterizedTest
    @MethodSource("forms")
    void gradientsAreSlopesOfTheLoss(String name, PromptEncoderShape shape) {
        try (NDManager scope = NativeMemory.open(ComputeDevice.CPU)) {
            SoftInputs inputs = new SoftInputs(scope);
            try (PromptEncoder encoder = PromptEncoder.load(ComputeDevice.CPU, shape, inputs)) {
                NDArray probe = inputs.array(new Shape(TOKENS, SIZE));
                List<NDArray> weights = List.copyOf(encoder.weights().values());
                assertThat(weights.stream().mapToLong(NDArray::size).sum())
                        .as(name)
                        .isEqualTo(shape.parameters());
                inputs.assertEverySlope(
                        weights,
                        () -> encoder.vectors(scope).get(0).tanh().mul(probe).sum());
            }
        }
    }

    /** PEFT's module lies in another, and one of the authors' calls its layers otherwise. */
    private static JsonElement named(JsonObject numbers, String name) {
        for (Map.Entry<String, JsonElement> entry : numbers.entrySet()) {
            String known = entry.getKey().replace("inner.", "").replaceFirst("^mlp\\.", "mlp_head.");
            if (known.equals(name)) {
                return entry.getValue();
            }
        }
        throw new AssertionError(name + " is not in " + numbers.keySet());
    }

    @Test
    void theyHaveAsManyNumbersAsThePublishedOnes() {
        assertThat(PromptEncoderShape.of(Encoder.LSTM, 9, 1024, 0, Compat.PAPER).parameters())
                .isEqualTo(14_707_712);
        assertThat(PromptEncoderShape.of(Encoder.LSTM, 1, 128, 0, Compat.REFERENCE)
                        .parameters())
                .isEqualTo(708_992);
        // PEFT's log: 20 tokens of 3072 and three layers of that width.
        assertThat(new PromptEncoderShape(20, 3072, 0, List.of(3072, 3072)).parameters())
                .isEqualTo(20 * 3072 + 3 * (3072 * 3072 + 3072));
    }

    @Test
    void weightsStartAsTorchDrawsThemAndTheSameSeedDrawsTheSame() {
        PromptEncoderShape shape = PromptEncoderShape.of(Encoder.LSTM, TOKENS, 16, 0, Compat.PAPER);
        List<float[]> rows = List.of(new float[16], new float[16], new float[16]);
        try (PromptEncoder one = PromptEncoder.load(ComputeDevice.CPU, shape, new EncoderStart(shape, rows, 7));
                PromptEncoder same = PromptEncoder.load(ComputeDevice.CPU, shape, new EncoderStart(shape, rows, 7));
                PromptEncoder other = PromptEncoder.load(ComputeDevice.CPU, shape, new EncoderStart(shape, rows, 8))) {
            List<NDArray> numbers = List.copyOf(one.weights().values());
            for (int i = 0; i < numbers.size(); i++) {
                float[] values = numbers.get(i).toFloatArray();
                assertThat(List.copyOf(same.weights().values()).get(i).toFloatArray())
                        .containsExactly(values);
                if (i > 0) {
                    assertThat(List.copyOf(other.weights().values()).get(i).toFloatArray())
                            .isNotEqualTo(values);
                    float bound = i <= 16 ? 1 / (float) Math.sqrt(8) : 1 / 4f;
                    for (float value : values) {
                        assertThat(value).isBetween(-bound, bound);
                    }
                }
            }
        }
    }
}
