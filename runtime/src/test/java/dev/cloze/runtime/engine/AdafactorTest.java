package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against transformers' Adafactor with the settings of prompt tuning, see {@code soft_goldens.py}. */
class AdafactorTest {

    @Test
    void tenStepsAreThoseOfTransformers() throws IOException, URISyntaxException {
        Path file =
                Path.of(AdafactorTest.class.getResource("/soft/encoders.json").toURI());
        JsonObject golden =
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonObject("adafactor");
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            float[] start = floats(golden.get("start"));
            // A matrix of the same numbers: nothing is factored whatever the shape.
            NDArray parameter = memory.create(start, new Shape(3, start.length / 3));
            parameter.setRequiresGradient(true);
            double decay = golden.get("weight_decay").getAsDouble();
            try (Adafactor adafactor = new Adafactor(memory, List.of(parameter), decay)) {
                int steps = golden.getAsJsonArray("gradients").size();
                for (int step = 0; step < steps; step++) {
                    float[] gradient = floats(golden.getAsJsonArray("gradients").get(step));
                    backward(memory, parameter, gradient, 2);
                    assertThat(adafactor.gradientNorm()).isCloseTo(2 * norm(gradient), within(1e-5));
                    adafactor.step(golden.get("lr").getAsDouble(), 0.5);
                    assertThat(parameter.toFloatArray())
                            .as("after step %d", step + 1)
                            .containsExactly(
                                    floats(golden.getAsJsonArray("after").get(step)), within(2e-5f));
                }
                assertThat(adafactor.state()).containsOnlyKeys("square", "step");
            }
        }
    }

    /** The gradient of sum(p g) times a number is g times that number. */
    private static void backward(NDManager memory, NDArray parameter, float[] gradient, double times) {
        try (NDManager scope = memory.newSubManager();
                Gradients recording = Gradients.record()) {
            NDArray product = parameter.mul(scope.create(gradient, parameter.getShape()));
            product.attach(scope);
            NDArray sum = product.sum().mul(times);
            sum.attach(scope);
            recording.backward(sum);
        }
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    private static float[] floats(JsonElement json) {
        float[] values = new float[json.getAsJsonArray().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = json.getAsJsonArray().get(i).getAsFloat();
        }
        return values;
    }
}
