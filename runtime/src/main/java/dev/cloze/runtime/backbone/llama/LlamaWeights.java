package dev.cloze.runtime.backbone.llama;

import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.decoder.DecoderConfig;
import dev.cloze.runtime.backbone.decoder.DecoderWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The published names of Llama's weights, and of those that its descendants have besides. */
final class LlamaWeights {

    private static final String WIDTH = "hidden_size";
    private static final String HEADS = "num_attention_heads, num_key_value_heads, head_dim, hidden_size";

    private final DecoderConfig config;
    private final String prefix;
    private final boolean inputBias;
    private final boolean outputBias;
    private final boolean feedForwardBias;
    private final boolean headNorms;
    private final List<Optional<WeightSlot>> layers = new ArrayList<>();

    LlamaWeights(DecoderConfig config, ConfigReader reader, String prefix) {
        this.config = config;
        this.prefix = prefix;
        String type = reader.text("model_type", "");
        boolean asked = reader.flag("attention_bias", false) && !type.equals("mistral");
        this.inputBias = type.equals("qwen2") || asked;
        this.outputBias = asked && !type.equals("qwen2");
        this.feedForwardBias = reader.flag("mlp_bias", false) && type.equals("llama");
        this.headNorms = type.equals("qwen3");
    }

    DecoderWeights table() {
        for (int i = 0; i < config.layers(); i++) {
            layer(prefix + "layers." + i + ".");
        }
        Optional<WeightSlot> decoder = slot("lm_head.weight", "vocab_size, " + WIDTH, words());
        return new DecoderWeights(
                List.of(slot(prefix + "embed_tokens.weight", "vocab_size, " + WIDTH, words()), Optional.empty()),
                List.copyOf(layers),
                List.of(
                        slot(prefix + "norm.weight", WIDTH, config.hiddenSize()),
                        Optional.empty(),
                        config.tied() ? Optional.empty() : decoder));
    }

    private long[] words() {
        return new long[] {config.vocabularySize(), config.hiddenSize()};
    }

    private void layer(String layer) {
        int width = config.hiddenSize();
        int inner = config.intermediateSize();
        long queries = (long) config.heads() * config.headSize();
        String attention = layer + "self_attn.";
        String feedForward = layer + "mlp.";
        norm(layer + "input_layernorm");
        queryKeyValue(attention, queries, (long) config.keyValueHeads() * config.headSize());
        headNorm(attention + "q_norm");
        headNorm(attention + "k_norm");
        layers.add(slot(attention + "o_proj.weight", HEADS, width, queries));
        layers.add(outputBias ? slot(attention + "o_proj.bias", WIDTH, width) : Optional.empty());
        norm(layer + "post_attention_layernorm");
        List<String> up = List.of(feedForward + "gate_proj", feedForward + "up_proj");
        layers.add(Optional.of(WeightSlot.joined(with(up, ".weight"), "intermediate_size, " + WIDTH, inner, width)));
        layers.add(
                feedForwardBias
                        ? Optional.of(WeightSlot.joined(with(up, ".bias"), "intermediate_size", inner))
                        : Optional.empty());
        layers.add(slot(feedForward + "down_proj.weight", WIDTH + ", intermediate_size", width, inner));
        layers.add(feedForwardBias ? slot(feedForward + "down_proj.bias", WIDTH, width) : Optional.empty());
    }

    private void queryKeyValue(String attention, long queries, long keys) {
        long width = config.hiddenSize();
        List<String> names = List.of(attention + "q_proj", attention + "k_proj", attention + "v_proj");
        List<long[]> matrices =
                List.of(new long[] {queries, width}, new long[] {keys, width}, new long[] {keys, width});
        List<long[]> biases = List.of(new long[] {queries}, new long[] {keys}, new long[] {keys});
        layers.add(Optional.of(new WeightSlot(with(names, ".weight"), matrices, false, HEADS)));
        layers.add(
                inputBias ? Optional.of(new WeightSlot(with(names, ".bias"), biases, false, HEADS)) : Optional.empty());
    }

    private void headNorm(String name) {
        layers.add(headNorms ? slot(name + ".weight", "head_dim", config.headSize()) : Optional.empty());
    }

    private void norm(String name) {
        layers.add(slot(name + ".weight", WIDTH, config.hiddenSize()));
        layers.add(Optional.empty());
    }

    private static List<String> with(List<String> names, String ending) {
        return names.stream().map(name -> name + ending).toList();
    }

    private static Optional<WeightSlot> slot(String name, String keys, long... shape) {
        return Optional.of(WeightSlot.of(name, keys, shape));
    }
}
