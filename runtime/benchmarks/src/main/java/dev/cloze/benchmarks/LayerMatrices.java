package dev.cloze.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The matrices of a model, as its configuration says: four a layer, queries, keys and values being one, and a gate and what it lets through.
 *
 * @param width of a token's vector
 * @param keys how wide keys are, and values
 * @param inner what lies between a feed-forward layer's matrices
 * @param gated whether these have a gate
 * @param words of the vocabulary
 */
record LayerMatrices(int count, int width, int keys, int inner, boolean gated, int words) {

    static LayerMatrices of(Path folder) throws IOException {
        JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                .getAsJsonObject();
        int width = number(config, "hidden_size", "n_embd");
        boolean llama = config.has("num_key_value_heads");
        return new LayerMatrices(
                number(config, "num_hidden_layers", "n_layer"),
                width,
                llama ? width / number(config, "num_attention_heads") * number(config, "num_key_value_heads") : width,
                config.has("intermediate_size") ? number(config, "intermediate_size") : 4 * width,
                llama,
                number(config, "vocab_size"));
    }

    private static int number(JsonObject config, String... names) {
        return Stream.of(names)
                .filter(config::has)
                .findFirst()
                .map(name -> config.get(name).getAsInt())
                .orElseThrow();
    }

    /** Rows and columns of those of all layers but the last. */
    List<int[]> front() {
        List<int[]> layer = layer(width + 2 * keys);
        return Collections.nCopies(count - 1, layer).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The last layer's for keys and values, which all tokens have. */
    int[] keysAndValues() {
        return new int[] {2 * keys, width};
    }

    /** The last layer's others. */
    List<int[]> end() {
        return layer(width);
    }

    private List<int[]> layer(int first) {
        return List.of(
                new int[] {first, width},
                new int[] {width, width},
                new int[] {gated ? 2 * inner : inner, width},
                new int[] {width, inner});
    }

    int[] vocabulary() {
        return new int[] {words, width};
    }
}
