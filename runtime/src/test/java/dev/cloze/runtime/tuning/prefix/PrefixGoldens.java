package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What PEFT computes of trained prefixes; the file was written by {@code prefix_training_goldens.py}, which names the versions. */
final class PrefixGoldens {

    private final JsonObject json;

    PrefixGoldens() {
        try {
            json = JsonParser.parseString(Files.readString(resource("prefix/trainings.json")))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject json() {
        return json;
    }

    List<TextRow> pairs() {
        List<int[]> sources = rows("sources");
        List<int[]> targets = rows("targets");
        return IntStream.range(0, sources.size())
                .mapToObj(i -> new TextRow(sources.get(i), targets.get(i)))
                .toList();
    }

    List<TokenRow> texts() {
        return rows("sources").stream()
                .map(ids -> new TokenRow(ids, new int[ids.length], new int[] {0}))
                .toList();
    }

    int[] labels() {
        return ints(json.getAsJsonObject("texts").getAsJsonArray("labels"));
    }

    private List<int[]> rows(String name) {
        JsonArray rows = json.getAsJsonObject("texts").getAsJsonArray(name);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> ints(rows.get(i).getAsJsonArray()))
                .toList();
    }

    private static int[] ints(JsonArray array) {
        return IntStream.range(0, array.size())
                .map(i -> array.get(i).getAsInt())
                .toArray();
    }

    static double[] numbers(JsonArray array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).getAsDouble())
                .toArray();
    }

    /** PEFT's weights: the only site's, whose keys and values themselves PEFT calls an embedding. */
    static WeightSource weights(JsonObject weights) {
        return (memory, slot) -> {
            String name = slot.parts().get(0);
            String own = name.substring(name.indexOf('.') + 1).replace("prompt_embeddings", "embedding.weight");
            double[] numbers =
                    numbers(Objects.requireNonNull(weights.getAsJsonArray(weights.has(name) ? name : own), name));
            float[] floats = new float[numbers.length];
            IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers[i]);
            return memory.create(floats, new Shape(slot.shape()));
        };
    }

    static Backbone load(String name) {
        Path folder = resource(name);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                    .getAsJsonObject();
            return BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(PrefixGoldens.class.getResource("/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
