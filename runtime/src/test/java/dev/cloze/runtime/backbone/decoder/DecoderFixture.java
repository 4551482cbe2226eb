package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A tiny decoder and what Hugging Face transformers computes with it; see {@code parity-decoder/README.md}. */
final class DecoderFixture {

    private final String name;
    private final Path folder;
    private final JsonObject reference;

    DecoderFixture(String name) throws IOException, URISyntaxException {
        this.name = name;
        this.folder = root().resolve(name);
        this.reference = json("reference.json");
    }

    private static Path root() throws URISyntaxException {
        return Path.of(DecoderFixture.class.getResource("/parity-decoder").toURI());
    }

    static Stream<DecoderFixture> all() throws IOException, URISyntaxException {
        List<DecoderFixture> fixtures = new ArrayList<>();
        try (var folders = Files.list(root())) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                fixtures.add(new DecoderFixture(folder.getFileName().toString()));
            }
        }
        return fixtures.stream();
    }

    JsonObject json(String file) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
    }

    Decoder load() throws IOException {
        return load(json("config.json"));
    }

    Decoder load(JsonObject config) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return (Decoder) BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }

    /** A decoder of random weights; its vocabulary and each layer's largest matrix have more than 500,000 numbers. */
    static Decoder wide(Path folder) throws IOException, URISyntaxException {
        JsonObject config = new DecoderFixture("llama2").json("config.json");
        Map.of("vocab_size", 2000, "hidden_size", 256, "intermediate_size", 1000)
                .forEach(config::addProperty);
        DecoderFamily family = (DecoderFamily) BackboneFamilies.of("wide", config);
        DecoderArchitecture architecture = DecoderArchitecture.of(family, config);
        Random random = new Random(9);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (WeightSlot slot : architecture.weights().slots()) {
            for (int i = 0; i < slot.parts().size(); i++) {
                long[] shape = slot.shapes().get(i);
                float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                for (int v = 0; v < values.length; v++) {
                    values[v] = shape.length == 1 ? 1 : (float) random.nextGaussian() / 16;
                }
                tensors.put(slot.parts().get(i), Tensor.of(values, shape));
            }
        }
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return Decoder.load(architecture, checkpoint, "wide", ComputeDevice.CPU);
        }
    }

    Checkpoint checkpoint() {
        return Checkpoint.open(folder);
    }

    JsonObject loss() {
        return reference.getAsJsonArray("losses").get(0).getAsJsonObject();
    }

    JsonObject labelWords() {
        return reference.getAsJsonArray("losses").get(1).getAsJsonObject();
    }

    /** The name in the weights file of what transformers calls so. */
    String inFile(String weight) {
        JsonObject names = reference.getAsJsonObject("names_in_file");
        return names != null && names.has(weight) ? names.get(weight).getAsString() : weight;
    }

    Checkpoint numbers() {
        return numbers("reference.safetensors");
    }

    Checkpoint numbers(String file) {
        return Checkpoint.openFile(folder.resolve(file));
    }

    /** The rows of a batch without their padding. */
    List<int[]> rows(String batch) {
        JsonObject json = reference.getAsJsonObject("batches").getAsJsonObject(batch);
        JsonArray ids = json.getAsJsonArray("input_ids");
        JsonArray mask = json.getAsJsonArray("attention_mask");
        List<int[]> rows = new ArrayList<>();
        for (int r = 0; r < ids.size(); r++) {
            int[] tokens = vector(ids.get(r));
            int[] present = vector(mask.get(r));
            rows.add(java.util.stream.IntStream.range(0, tokens.length)
                    .filter(t -> present[t] == 1)
                    .map(t -> tokens[t])
                    .toArray());
        }
        return rows;
    }

    /** The batch "right" cut into what is read and what is written. */
    List<TextRow> targets() {
        int[] sources = vector(loss().get("sources"));
        List<int[]> rows = rows("right");
        List<TextRow> targets = new ArrayList<>();
        for (int r = 0; r < sources.length; r++) {
            int[] row = rows.get(r);
            targets.add(new TextRow(Arrays.copyOf(row, sources[r]), Arrays.copyOfRange(row, sources[r], row.length)));
        }
        return targets;
    }

    static int[] vector(JsonElement json) {
        JsonArray array = json.getAsJsonArray();
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsInt();
        }
        return values;
    }

    /** Within 1e-5, of the number itself where that is more than 1. */
    static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("number %d", i)
                    .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
        }
    }

    /** The same model in 64 bits, in which nothing is rounded away that a test looks for. */
    static Decoder inDoubles(Decoder decoder) {
        return decoder.withWeights(SoftInputs.doubles(decoder));
    }

    static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.duplicate().get(values);
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
