package dev.cloze.runtime.backbone.t5;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tiny T5 and what Hugging Face transformers computes with it; see {@code parity-t5/README.md}. */
final class T5Fixture {

    private final String name;
    private final Path folder;
    private final JsonObject reference;

    T5Fixture(String name) throws IOException, URISyntaxException {
        this.name = name;
        this.folder = root().resolve(name);
        this.reference = json("reference.json");
    }

    private static Path root() throws URISyntaxException {
        return Path.of(T5Fixture.class.getResource("/parity-t5").toURI());
    }

    static List<T5Fixture> all() throws IOException, URISyntaxException {
        List<T5Fixture> fixtures = new ArrayList<>();
        try (var folders = Files.list(root())) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                fixtures.add(new T5Fixture(folder.getFileName().toString()));
            }
        }
        return fixtures;
    }

    Path file(String file) {
        return folder.resolve(file);
    }

    JsonObject json(String file) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
    }

    /** The model, as users load it. */
    T5 load() throws IOException {
        JsonObject config = json("config.json");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return (T5) BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }

    Checkpoint numbers() {
        return Checkpoint.openFile(folder.resolve("reference.safetensors"));
    }

    /** The one loss there is. */
    JsonObject targets() {
        return reference.getAsJsonArray("losses").get(0).getAsJsonObject();
    }

    /** The pairs of a batch without padding; where it doesn't tell a target's last token, it is 0. */
    List<TextRow> rows(String batch) {
        JsonObject json = reference.getAsJsonObject("batches").getAsJsonObject(batch);
        int[][] sources = unpadded(json, "input_ids", "attention_mask");
        int[][] inputs = unpadded(json, "decoder_input_ids", "decoder_attention_mask");
        int[][] targets =
                batch.equals("single") ? null : ParityFixture.matrix(targets().get("target_rows"));
        List<TextRow> rows = new ArrayList<>();
        for (int r = 0; r < sources.length; r++) {
            int[] shifted = Arrays.copyOfRange(inputs[r], 1, inputs[r].length + 1);
            rows.add(new TextRow(sources[r], targets == null ? shifted : targets[r]));
        }
        return rows;
    }

    private static int[][] unpadded(JsonObject json, String key, String maskKey) {
        int[][] ids = ParityFixture.matrix(json.get(key));
        int[][] mask = ParityFixture.matrix(json.get(maskKey));
        int[][] rows = new int[ids.length][];
        for (int r = 0; r < ids.length; r++) {
            int[] row = ids[r];
            int[] real = mask[r];
            rows[r] = java.util.stream.IntStream.range(0, row.length)
                    .filter(t -> real[t] == 1)
                    .map(t -> row[t])
                    .toArray();
        }
        return rows;
    }

    static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
