package dev.cloze.runtime;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Model folders of random weights, two layers wide enough to learn a handful of sentences by heart. */
public final class TinyModels {

    public static final int WIDTH = 32;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int INNER = 64;

    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "<extra_id_0>");
    private static final List<String> WORDS = List.of(
            ". , : the a an is in it was great good bad terrible poor fine name food area serves place called near and"
                    .split(" "));

    private final Path folder;
    private final List<String> vocabulary = new ArrayList<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Random random = new Random(7);
    private JsonObject config = new JsonObject();

    private TinyModels(Path folder, List<String> words) {
        this.folder = folder;
        vocabulary.addAll(SPECIAL);
        WORDS.forEach(this::add);
        words.forEach(this::add);
        // Letters make any other word one of several tokens.
        for (char letter = 'a'; letter <= 'z'; letter++) {
            add(String.valueOf(letter));
            add("##" + letter);
        }
    }

    private void add(String token) {
        if (!vocabulary.contains(token)) {
            vocabulary.add(token);
        }
    }

    /** A copy of a model without dropout in training. */
    public static Path withoutDropout(String model, Path folder) throws IOException {
        Path source = dev.cloze.runtime.checkpoint.resolution.ModelResolver.standard()
                .resolve(model)
                .path();
        Files.createDirectories(folder);
        try (java.util.stream.Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        Path config = folder.resolve("config.json");
        JsonObject changed =
                com.google.gson.JsonParser.parseString(Files.readString(config)).getAsJsonObject();
        changed.addProperty("hidden_dropout_prob", 0.0);
        changed.addProperty("attention_probs_dropout_prob", 0.0);
        Files.writeString(config, changed.toString());
        return folder;
    }

    /** A Llama-style decoder whose tokenizer frames a text with [CLS] and [SEP], the latter its end of text. */
    public static Path decoder(Path folder, int positions, List<String> words) {
        TinyModels model = new TinyModels(folder, words);
        model.tokenizer("[CLS]", "[SEP]");
        model.config(Map.of(
                "model_type",
                "llama",
                "hidden_size",
                WIDTH,
                "intermediate_size",
                INNER,
                "num_hidden_layers",
                LAYERS,
                "num_attention_heads",
                HEADS,
                "num_key_value_heads",
                2,
                "max_position_embeddings",
                positions,
                "rms_norm_eps",
                1e-5,
                "tie_word_embeddings",
                true,
                "hidden_act",
                "silu"));
        model.tensor("model.embed_tokens.weight", model.vocabulary.size(), WIDTH);
        for (int i = 0; i < LAYERS; i++) {
            model.decoderLayer("model.layers." + i + ".");
        }
        model.ones("model.norm.weight");
        return model.write();
    }

    private void decoderLayer(String layer) {
        ones(layer + "input_layernorm.weight");
        ones(layer + "post_attention_layernorm.weight");
        tensor(layer + "self_attn.q_proj.weight", WIDTH, WIDTH);
        tensor(layer + "self_attn.k_proj.weight", WIDTH / 2, WIDTH);
        tensor(layer + "self_attn.v_proj.weight", WIDTH / 2, WIDTH);
        tensor(layer + "self_attn.o_proj.weight", WIDTH, WIDTH);
        tensor(layer + "mlp.gate_proj.weight", INNER, WIDTH);
        tensor(layer + "mlp.up_proj.weight", INNER, WIDTH);
        tensor(layer + "mlp.down_proj.weight", WIDTH, INNER);
    }

    /** One layer of GPT-2's kind for a vocabulary of that size; its tokenizer's files are for the caller to bring. */
    public static Path gpt2(Path folder, int vocabularySize) {
        TinyModels model = new TinyModels(folder, List.of());
        model.gpt2Weights(vocabularySize, 64);
        return model.write();
    }

    /** The same with a tokenizer like the other decoder's, but without a token before a text. */
    public static Path gpt2(Path folder, int positions, List<String> words) {
        return gpt2(folder, positions, words, null).write();
    }

    private static TinyModels gpt2(
            Path folder, int positions, List<String> words, @org.jspecify.annotations.Nullable String start) {
        TinyModels model = new TinyModels(folder, words);
        model.tokenizer(start, "[SEP]");
        model.gpt2Weights(model.vocabulary.size(), positions);
        model.config.addProperty("eos_token_id", model.vocabulary.indexOf("[SEP]"));
        model.write("config.json", model.config.toString());
        return model;
    }

    /** The same with a token before a text; the last but one of its positions is so large that it overflows. */
    public static Path broken(Path folder, int positions, List<String> words) {
        TinyModels model = gpt2(folder, positions, words, "[CLS]");
        float[] places = new float[positions * WIDTH];
        java.util.Arrays.fill(places, (positions - 2) * WIDTH, (positions - 2) * WIDTH + WIDTH / 2, 1e30f);
        model.tensors.put("transformer.wpe.weight", Tensor.of(places, positions, WIDTH));
        return model.write();
    }

    private void gpt2Weights(int vocabularySize, int positions) {
        config(Map.of(
                "model_type",
                "gpt2",
                "n_embd",
                WIDTH,
                "n_layer",
                1,
                "n_head",
                HEADS,
                "n_positions",
                positions,
                "n_ctx",
                positions,
                "layer_norm_epsilon",
                1e-5,
                "activation_function",
                "gelu_new"));
        config.addProperty("vocab_size", vocabularySize);
        config.addProperty("eos_token_id", vocabularySize - 1);
        write("config.json", config.toString());
        tensor("transformer.wte.weight", vocabularySize, WIDTH);
        tensor("transformer.wpe.weight", positions, WIDTH);
        for (String norm : List.of("transformer.h.0.ln_1", "transformer.h.0.ln_2", "transformer.ln_f")) {
            ones(norm + ".weight");
            zeros(norm + ".bias", WIDTH);
        }
        linear("transformer.h.0.attn.c_attn", WIDTH, 3 * WIDTH);
        linear("transformer.h.0.attn.c_proj", WIDTH, WIDTH);
        linear("transformer.h.0.mlp.c_fc", WIDTH, 4 * WIDTH);
        linear("transformer.h.0.mlp.c_proj", 4 * WIDTH, WIDTH);
    }

    private void linear(String name, int inputs, int outputs) {
        tensor(name + ".weight", inputs, outputs);
        zeros(name + ".bias", outputs);
    }

    private void zeros(String name, int count) {
        tensors.put(name, Tensor.of(new float[count], count));
    }

    /** A T5 of the first kind, whose texts end with [SEP]. */
    public static Path encoderDecoder(Path folder, List<String> words) {
        TinyModels model = new TinyModels(folder, words);
        model.tokenizer(null, "[SEP]");
        Map<String, Object> config = new LinkedHashMap<>(Map.of(
                "model_type",
                "t5",
                "d_model",
                WIDTH,
                "d_kv",
                WIDTH / HEADS,
                "d_ff",
                INNER,
                "num_layers",
                LAYERS,
                "num_decoder_layers",
                LAYERS,
                "num_heads",
                HEADS,
                "feed_forward_proj",
                "relu",
                "relative_attention_num_buckets",
                8,
                "relative_attention_max_distance",
                20));
        config.put("decoder_start_token_id", 0);
        config.put("is_encoder_decoder", true);
        config.put("tie_word_embeddings", true);
        config.put("dropout_rate", 0.0);
        config.put("n_positions", 128);
        model.config(config);
        model.tensor("shared.weight", model.vocabulary.size(), WIDTH);
        for (int i = 0; i < LAYERS; i++) {
            model.blocks(i);
        }
        model.ones("encoder.final_layer_norm.weight");
        model.ones("decoder.final_layer_norm.weight");
        return model.write();
    }

    private void blocks(int i) {
        String encoder = "encoder.block." + i + ".layer.";
        String decoder = "decoder.block." + i + ".layer.";
        attention(encoder + "0.SelfAttention.", encoder + "0.layer_norm.weight");
        feedForward(encoder + "1.");
        attention(decoder + "0.SelfAttention.", decoder + "0.layer_norm.weight");
        attention(decoder + "1.EncDecAttention.", decoder + "1.layer_norm.weight");
        feedForward(decoder + "2.");
        if (i == 0) {
            tensor(encoder + "0.SelfAttention.relative_attention_bias.weight", 8, HEADS);
            tensor(decoder + "0.SelfAttention.relative_attention_bias.weight", 8, HEADS);
        }
    }

    private void attention(String attention, String norm) {
        for (String part : List.of("q", "k", "v", "o")) {
            tensor(attention + part + ".weight", WIDTH, WIDTH);
        }
        ones(norm);
    }

    private void feedForward(String layer) {
        tensor(layer + "DenseReluDense.wi.weight", INNER, WIDTH);
        tensor(layer + "DenseReluDense.wo.weight", WIDTH, INNER);
        ones(layer + "layer_norm.weight");
    }

    private void tensor(String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
        }
        tensors.put(name, Tensor.of(values, rows, columns));
    }

    private void ones(String name) {
        float[] values = new float[WIDTH];
        java.util.Arrays.fill(values, 1);
        tensors.put(name, Tensor.of(values, WIDTH));
    }

    private void config(Map<String, ?> values) {
        config = new Gson().toJsonTree(values).getAsJsonObject();
        config.addProperty("vocab_size", vocabulary.size());
        config.addProperty("pad_token_id", 0);
        config.addProperty("eos_token_id", vocabulary.indexOf("[SEP]"));
        write("config.json", config.toString());
    }

    private void tokenizer(@org.jspecify.annotations.Nullable String start, String end) {
        write("tokenizer.json", TinyTokenizer.json(vocabulary, SPECIAL, start, end));
    }

    private Path write() {
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        return folder;
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
