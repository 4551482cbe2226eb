package dev.cloze.runtime.backbone.llama;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model in the float32 format of llama2.c, rewritten as the Hugging Face hub would hold it. */
final class StoriesModel {

    private final int width;
    private final int hidden;
    private final int layers;
    private final int heads;
    private final int keyValueHeads;
    private final int vocabulary;
    private final int positions;
    private final FloatBuffer floats;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private StoriesModel(ByteBuffer file) {
        width = file.getInt();
        hidden = file.getInt();
        layers = file.getInt();
        heads = file.getInt();
        keyValueHeads = file.getInt();
        vocabulary = file.getInt();
        positions = file.getInt();
        floats = file.asFloatBuffer();
    }

    /**
     * Writes {@code config.json} and {@code model.safetensors}: the rows of queries and keys, whose rotary pairs are neighbours
     * in llama2.c, are put in the order of Hugging Face, where they are half a head apart.
     */
    static void write(Path file, Path folder) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        StoriesModel model = new StoriesModel(bytes);
        model.readTensors();
        Files.writeString(folder.resolve("config.json"), model.config().toString());
        SafetensorsWriter.write(folder.resolve("model.safetensors"), model.tensors, Map.of());
    }

    /** Loads what was written. */
    static TextBackbone load(Path folder) {
        return (TextBackbone)
                BackboneFamilies.load(new ModelFolder("stories260K", folder, Origin.FOLDER), ComputeDevice.CPU);
    }

    private void readTensors() {
        int keyValues = width / heads * keyValueHeads;
        tensors.put("model.embed_tokens.weight", take(vocabulary, width));
        everyLayer("input_layernorm", width);
        everyLayer("self_attn.q_proj", width, width);
        everyLayer("self_attn.k_proj", keyValues, width);
        everyLayer("self_attn.v_proj", keyValues, width);
        everyLayer("self_attn.o_proj", width, width);
        everyLayer("post_attention_layernorm", width);
        everyLayer("mlp.gate_proj", hidden, width);
        everyLayer("mlp.down_proj", width, hidden);
        everyLayer("mlp.up_proj", hidden, width);
        tensors.put("model.norm.weight", take(width));
        tensors.replaceAll(
                (name, tensor) -> name.contains("q_proj") || name.contains("k_proj") ? halfAHeadApart(tensor) : tensor);
    }

    private void everyLayer(String part, long... shape) {
        for (int layer = 0; layer < layers; layer++) {
            tensors.put("model.layers." + layer + "." + part + ".weight", take(shape));
        }
    }

    private Tensor take(long... shape) {
        int count = 1;
        for (long axis : shape) {
            count *= (int) axis;
        }
        FloatBuffer data = floats.slice(floats.position(), count);
        floats.position(floats.position() + count);
        return new Tensor(shape, data);
    }

    private Tensor halfAHeadApart(Tensor rows) {
        int head = width / heads;
        FloatBuffer sorted = FloatBuffer.allocate(rows.data().remaining());
        for (int row = 0; row < rows.shape()[0]; row++) {
            int start = row / head * head;
            int place = row - start;
            int source = place < head / 2 ? 2 * place : 2 * (place - head / 2) + 1;
            sorted.put(rows.data().slice((start + source) * width, width));
        }
        return new Tensor(rows.shape(), sorted.flip());
    }

    private JsonObject config() {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "llama");
        config.addProperty("vocab_size", vocabulary);
        config.addProperty("hidden_size", width);
        config.addProperty("intermediate_size", hidden);
        config.addProperty("num_hidden_layers", layers);
        config.addProperty("num_attention_heads", heads);
        config.addProperty("num_key_value_heads", keyValueHeads);
        config.addProperty("max_position_embeddings", positions);
        config.addProperty("rms_norm_eps", 1e-5);
        config.addProperty("rope_theta", 10_000);
        config.addProperty("tie_word_embeddings", true);
        JsonArray ends = new JsonArray();
        ends.add(StoriesTokenizer.BEGIN);
        ends.add(StoriesTokenizer.END);
        config.add("eos_token_id", ends);
        return config;
    }
}
