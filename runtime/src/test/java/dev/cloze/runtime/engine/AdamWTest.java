package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.engine.AdamW.Rates;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against {@code torch.optim.AdamW} and {@code torch.nn.utils.clip_grad_norm_}, see {@code parity/README.md}. */
class AdamWTest {

    private static final List<String> DECAYED = List.of("dense.weight");
    private static final List<String> PLAIN = List.of("dense.bias", "LayerNorm.weight");

    @Test
    void twentyStepsOfTwoDecayGroupsAreTorchs() throws IOException, URISyntaxException {
        JsonObject golden = golden();
        int compared = 0;
        for (JsonElement each : golden.getAsJsonArray("runs")) {
            JsonObject run = each.getAsJsonObject();
            if (run.get("dtype").getAsString().equals("float32")) {
                replay(golden, run);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(2);
    }

    private static void replay(JsonObject golden, JsonObject run) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            Map<String, NDArray> parameters = new LinkedHashMap<>();
            for (String name : golden.getAsJsonObject("shapes").keySet()) {
                NDArray parameter =
                        memory.create(floats(golden.getAsJsonObject("start").get(name)), shape(golden, name));
                parameter.setRequiresGradient(true);
                parameters.put(name, parameter);
            }
            try (AdamW decayed = group(memory, parameters, DECAYED, 0.01);
                    AdamW plain = group(memory, parameters, PLAIN, 0)) {
                for (int step = 1; step <= golden.get("steps").getAsInt(); step++) {
                    backward(
                            memory,
                            parameters,
                            golden.getAsJsonArray("gradients").get(step - 1).getAsJsonObject());
                    double norm = Math.hypot(decayed.gradientNorm(), plain.gradientNorm());
                    assertThat(norm).isCloseTo(at(run, "norms_before_clipping", step - 1), within(1e-6));
                    double factor = Math.min(1, golden.get("clip_norm").getAsDouble() / (norm + 1e-6));
                    decayed.step(at(run, "learning_rates", step - 1), factor);
                    plain.step(at(run, "learning_rates", step - 1), factor);
                    compare(run, step, parameters);
                }
            }
        }
    }

    /** The gradient of sum(p g) is g. */
    private static void backward(NDManager memory, Map<String, NDArray> parameters, JsonObject gradients) {
        parameters.forEach((name, parameter) -> backward(memory, parameter, floats(gradients.get(name))));
    }

    private static void backward(NDManager memory, NDArray parameter, float... gradient) {
        try (NDManager scope = memory.newSubManager();
                Gradients recording = Gradients.record()) {
            NDArray product = parameter.mul(scope.create(gradient, parameter.getShape()));
            product.attach(scope);
            NDArray sum = product.sum();
            recording.backward(sum);
        }
    }

    /** Torch leaves out what has no gradient, weight decay included. */
    @Test
    void aParameterIsMovedFromTheStepOnInWhichALossReachesIt() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            NDArray first = memory.ones(new Shape(1));
            NDArray second = memory.ones(new Shape(1));
            first.setRequiresGradient(true);
            second.setRequiresGradient(true);
            try (AdamW adam = new AdamW(memory, List.of(first, second), new Rates(0.9, 0.999, 1e-8, 0.5))) {
                step(adam, 0);
                assertThat(first.toFloatArray()).containsExactly(1);
                backward(memory, first, 3);
                step(adam, 3);
                assertThat(first.toFloatArray()[0]).isCloseTo(0.85f, within(1e-6f));
                assertThat(second.toFloatArray()).containsExactly(1);
                backward(memory, first, 3);
                backward(memory, second, 4);
                step(adam, 5);
                assertThat(first.toFloatArray()[0]).isCloseTo(0.85f * 0.95f - 0.1f, within(1e-6f));
                assertThat(second.toFloatArray()[0]).isCloseTo(0.85f, within(1e-6f));
                int held = adam.managedArrays();
                step(adam, 0);
                assertThat(adam.managedArrays()).isEqualTo(held);
            }
        }
    }

    private static void step(AdamW adam, double norm) {
        assertThat(adam.gradientNorm()).isCloseTo(norm, within(1e-6));
        adam.step(0.1, 1);
    }

    private static void compare(JsonObject run, int step, Map<String, NDArray> parameters) {
        JsonObject after = run.getAsJsonObject("after");
        if (after.has(Integer.toString(step))) {
            parameters.forEach((name, parameter) -> assertThat(parameter.toFloatArray())
                    .as("%s after step %d", name, step)
                    .containsExactly(
                            floats(after.getAsJsonObject(Integer.toString(step)).get(name)), within(2e-6f)));
        }
    }

    @Test
    void theFirstStepOfATinyGradientIsTorchsAndNotTheOneWithEpsilonHat() {
        assertThat(firstStep(1e-8)).isCloseTo(9.900990e-4, within(1e-9));
    }

    /** Epsilon hat stands beside the square root before its correction: the same step at epsilon / sqrt(1 - beta 2). */
    @Test
    void theFirstStepWithEpsilonHatIsThatOfALargerEpsilon() {
        assertThat(firstStep(1e-8 / Math.sqrt(1 - .999))).isCloseTo(7.597469e-4, within(1e-9));
    }

    /** How far a parameter goes at a gradient of 1e-6 and a learning rate of 1e-3. */
    private static double firstStep(double epsilon) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            NDArray parameter = memory.zeros(new Shape(1));
            parameter.setRequiresGradient(true);
            try (AdamW adam = new AdamW(memory, List.of(parameter), new Rates(0.9, 0.999, epsilon, 0))) {
                backward(memory, parameter, 1e-6f);
                adam.step(1e-3, 1);
                return -parameter.toFloatArray()[0];
            }
        }
    }

    private static AdamW group(
            NDManager memory, Map<String, NDArray> parameters, List<String> names, double weightDecay) {
        List<NDArray> members = names.stream().map(parameters::get).toList();
        return new AdamW(memory, members, new Rates(0.9, 0.999, 1e-8, weightDecay));
    }

    private static JsonObject golden() throws IOException, URISyntaxException {
        Path file = Path.of(AdamWTest.class.getResource("/parity/adamw.json").toURI());
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static double at(JsonObject run, String key, int index) {
        return run.getAsJsonArray(key).get(index).getAsDouble();
    }

    private static Shape shape(JsonObject golden, String name) {
        JsonArray sizes = golden.getAsJsonObject("shapes").getAsJsonArray(name);
        return new Shape(
                sizes.asList().stream().mapToLong(JsonElement::getAsLong).toArray());
    }

    private static float[] floats(JsonElement json) {
        float[] values = new float[json.getAsJsonArray().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = json.getAsJsonArray().get(i).getAsFloat();
        }
        return values;
    }
}
