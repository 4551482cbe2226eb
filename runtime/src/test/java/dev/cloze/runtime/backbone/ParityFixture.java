package dev.cloze.runtime.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.encoder.Encoder;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tiny checkpoint and what Hugging Face transformers computes with it; see {@code parity/README.md}. */
public final class ParityFixture {

    private final String name;
    private final Path folder;
    private final JsonObject reference;

    public ParityFixture(String name) throws IOException, URISyntaxException {
        this.name = name;
        this.folder = root().resolve(name);
        this.reference = json("reference.json");
    }

    public static Path root() throws URISyntaxException {
        return Path.of(ParityFixture.class.getResource("/parity").toURI());
    }

    /** The names of all folders. */
    public static List<String> all() throws IOException, URISyntaxException {
        try (var folders = Files.list(root())) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** A json file of the folder. */
    public JsonObject json(String file) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
    }

    /** The checkpoint. */
    public Encoder load() throws IOException {
        return load(json("config.json"));
    }

    /** The checkpoint, its config.json without dropout. */
    public Encoder loadWithoutDropout() throws IOException {
        JsonObject config = json("config.json");
        config.addProperty("hidden_dropout_prob", 0);
        config.addProperty("attention_probs_dropout_prob", 0);
        return load(config);
    }

    /** As users load it. */
    private Encoder load(JsonObject config) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return (Encoder) BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }

    public JsonObject reference() {
        return reference;
    }

    public Checkpoint numbers() {
        return Checkpoint.openFile(folder.resolve("reference.safetensors"));
    }

    /** The rows of a batch without their padding, each asking for all its positions. */
    public List<TokenRow> rows(String batch) {
        JsonObject json = reference.getAsJsonObject("batches").getAsJsonObject(batch);
        int[][] ids = matrix(json.get("input_ids"));
        int[][] mask = matrix(json.get("attention_mask"));
        int[][] segments =
                json.has("token_type_ids") ? matrix(json.get("token_type_ids")) : new int[ids.length][ids[0].length];
        List<TokenRow> rows = new ArrayList<>();
        for (int r = 0; r < ids.length; r++) {
            int from = 0;
            while (mask[r][from] == 0) {
                from++;
            }
            int to = from;
            while (to < ids[r].length && mask[r][to] == 1) {
                to++;
            }
            int[] asked = java.util.stream.IntStream.range(0, to - from).toArray();
            rows.add(new TokenRow(
                    java.util.Arrays.copyOfRange(ids[r], from, to),
                    java.util.Arrays.copyOfRange(segments[r], from, to),
                    asked));
        }
        return rows;
    }

    public static int[] vector(JsonElement json) {
        JsonArray array = json.getAsJsonArray();
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsInt();
        }
        return values;
    }

    public static int[][] matrix(JsonElement json) {
        JsonArray array = json.getAsJsonArray();
        int[][] values = new int[array.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = vector(array.get(i));
        }
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
