package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import java.util.stream.Stream;

/** What transformers' sequence classifiers compute over a tiny checkpoint; see {@code heads/README.md}. */
public final class HeadFixture {

    private final String name;
    private final Path root;
    private final JsonObject json;

    private HeadFixture(Path root, String name) throws IOException {
        this.root = root;
        this.name = name;
        this.json = JsonParser.parseString(Files.readString(root.resolve("heads/" + name + ".json")))
                .getAsJsonObject();
    }

    /** All of them. */
    public static Stream<HeadFixture> all() throws IOException, URISyntaxException {
        Path root = ParityFixture.root().resolveSibling("");
        List<HeadFixture> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("heads"))) {
            for (String file : files.map(path -> path.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .sorted()
                    .toList()) {
                all.add(new HeadFixture(root, file.replace(".json", "")));
            }
        }
        return all.stream();
    }

    /** The folder of the model, without a tokenizer. */
    public Path folder() {
        return root.resolve(json.get("model").getAsString());
    }

    /** Its config.json. */
    public JsonObject config() throws IOException {
        return JsonParser.parseString(Files.readString(folder().resolve("config.json")))
                .getAsJsonObject();
    }

    /** The model, as users load it. */
    public Backbone load() throws IOException {
        JsonObject config = config();
        try (Checkpoint checkpoint = Checkpoint.open(folder())) {
            return BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }

    /** What is expected, and the head's tensors. */
    public JsonObject json() {
        return json;
    }

    public Checkpoint numbers() {
        return Checkpoint.openFile(root.resolve("heads/" + name + ".safetensors"));
    }

    public int[] labels() {
        return ParityFixture.vector(json.get("labels"));
    }

    /** The rows without their padding, each asking for its first or its last token. */
    public List<TokenRow> rows(boolean last) {
        JsonObject batch = json.getAsJsonObject("batch");
        int[][] ids = ParityFixture.matrix(batch.get("input_ids"));
        int[][] mask = ParityFixture.matrix(batch.get("attention_mask"));
        int[][] segments = batch.has("token_type_ids")
                ? ParityFixture.matrix(batch.get("token_type_ids"))
                : new int[ids.length][ids[0].length];
        List<TokenRow> rows = new ArrayList<>();
        for (int r = 0; r < ids.length; r++) {
            int length = Arrays.stream(mask[r]).sum();
            rows.add(new TokenRow(
                    Arrays.copyOf(ids[r], length), Arrays.copyOf(segments[r], length), new int[] {last ? length - 1 : 0
                    }));
        }
        return rows;
    }

    /** The numbers of a tensor. */
    public static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
