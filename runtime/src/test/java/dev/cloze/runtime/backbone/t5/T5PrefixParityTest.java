package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prefixes and embeddings against transformers: its caches filled beforehand, its {@code inputs_embeds}. */
class T5PrefixParityTest {

    private final T5Fixture fixture;

    T5PrefixParityTest() throws IOException, URISyntaxException {
        fixture = new T5Fixture("t5");
    }

    @Test
    void logitsAndGradientsAreThoseOfTheReference() throws IOException {
        JsonObject prefix = fixture.json("prefix.json");
        try (T5 model = fixture.load();
                Checkpoint numbers = Checkpoint.openFile(fixture.file("prefix.safetensors"))) {
            for (JsonElement element : prefix.getAsJsonArray("cases")) {
                check(model, numbers, element.getAsJsonObject());
            }
        }
    }

    private void check(T5 model, Checkpoint numbers, JsonObject expected) {
        String name = expected.get("name").getAsString();
        List<TextRow> rows = fixture.rows("right");
        try (NDManager scope = model.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            Map<String, NDArray> inputs = new LinkedHashMap<>();
            for (JsonElement input : expected.getAsJsonArray("inputs")) {
                NDArray array = array(scope, numbers, input.getAsString());
                array.setRequiresGradient(true);
                inputs.put(input.getAsString(), array);
            }
            int first = expected.has("first_position")
                    ? expected.get("first_position").getAsInt()
                    : 0;
            Injection injection = new Injection(inputs.get("embeddings"), prefixes(inputs), first);
            assertLogits(name, numbers, rows, model.logits(scope, rows, injection));
            NDArray loss =
                    model.targetLoss(scope, rows, Dropout.NONE, injection).mean();
            gradients.backward(loss);
            assertThat((double) loss.getFloat())
                    .as(name)
                    .isCloseTo(expected.get("loss").getAsDouble(), within(1e-4));
            inputs.forEach((input, array) -> assertThat(array.getGradient().toFloatArray())
                    .as("%s, %s", name, input)
                    .containsExactly(T5Fixture.array(numbers.floats(name + ".gradient." + input)), within(1e-4f)));
        }
    }

    /** The inputs are called SITE.LAYER.key and SITE.LAYER.value, in the order of an injection. */
    private static Map<PrefixSite, List<NDArray>> prefixes(Map<String, NDArray> inputs) {
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        for (PrefixSite site : PrefixSite.values()) {
            inputs.forEach((input, array) -> {
                if (input.startsWith(site.name().toLowerCase(Locale.ROOT) + ".")) {
                    prefixes.computeIfAbsent(site, key -> new ArrayList<>()).add(array);
                }
            });
        }
        return prefixes;
    }

    private static void assertLogits(String name, Checkpoint numbers, List<TextRow> rows, NDArray found) {
        long[] shape = numbers.shape(name + ".logits");
        int vocabulary = (int) shape[2];
        float[] expected = T5Fixture.array(numbers.floats(name + ".logits"));
        float[] logits = found.toFloatArray();
        int at = 0;
        for (int r = 0; r < rows.size(); r++) {
            int size = rows.get(r).target().length * vocabulary;
            int from = (int) (r * shape[1] * vocabulary);
            assertThat(Arrays.copyOfRange(logits, at, at + size))
                    .as("%s, row %d", name, r)
                    .containsExactly(Arrays.copyOfRange(expected, from, from + size), within(1e-5f));
            at += size;
        }
    }

    private static NDArray array(NDManager scope, Checkpoint numbers, String name) {
        return scope.create(T5Fixture.array(numbers.floats(name)), new Shape(numbers.shape(name)));
    }
}
