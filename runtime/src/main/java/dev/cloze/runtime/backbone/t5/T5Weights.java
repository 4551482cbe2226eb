package dev.cloze.runtime.backbone.t5;

import dev.cloze.runtime.backbone.WeightSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the weights of a T5 stand in its checkpoint, in the order its kernel takes them.
 *
 * @param shared word embedding, head (empty where tied), last norms of encoder and decoder, relative biases of the encoder's
 *     first layer, or of each, and of the decoder's
 * @param encoder for each layer: norm, query-key-value, output, norm, up, down
 * @param decoder for each layer: norm, query-key-value, output, norm, query, key-value, output, norm, up, down
 */
public record T5Weights(
        List<Optional<WeightSlot>> shared, List<Optional<WeightSlot>> encoder, List<Optional<WeightSlot>> decoder) {

    private static final String ATTENTION = "num_heads, d_kv, d_model";

    /** The published names of the weights of this configuration. */
    public static T5Weights of(T5Config config) {
        Table encoder = new Table(config);
        for (int i = 0; i < config.encoderLayers(); i++) {
            String layer = "encoder.block." + i + ".layer.";
            encoder.selfAttention(layer + "0.").feedForward(layer + "1.");
        }
        Table decoder = new Table(config);
        for (int i = 0; i < config.decoderLayers(); i++) {
            String layer = "decoder.block." + i + ".layer.";
            decoder.selfAttention(layer + "0.").crossAttention(layer + "1.").feedForward(layer + "2.");
        }
        return new T5Weights(shared(config), List.copyOf(encoder.slots), List.copyOf(decoder.slots));
    }

    private static List<Optional<WeightSlot>> shared(T5Config config) {
        Table table = new Table(config);
        String words = "vocab_size, d_model";
        table.add("shared", words, config.vocabularySize(), config.hiddenSize());
        if (config.tied()) {
            table.slots.add(Optional.empty());
        } else {
            table.add("lm_head", words, config.vocabularySize(), config.hiddenSize());
        }
        table.norm("encoder.final_layer_norm").norm("decoder.final_layer_norm");
        table.relativeBiases("encoder", config.encoderLayers()).relativeBiases("decoder", config.decoderLayers());
        return List.copyOf(table.slots);
    }

    /** The slot of the head's matrix, where that is not the word embedding. */
    Optional<WeightSlot> ownHead() {
        return shared.get(1);
    }

    /** The same without that. */
    T5Weights withoutHead() {
        List<Optional<WeightSlot>> others = new ArrayList<>(shared);
        others.set(1, Optional.empty());
        return new T5Weights(List.copyOf(others), encoder, decoder);
    }

    /** All slots there are, in that order. */
    public List<WeightSlot> slots() {
        return Stream.of(shared, encoder, decoder)
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }

    private static final class Table {
        final List<Optional<WeightSlot>> slots = new ArrayList<>();
        final T5Config config;
        final int width;
        final int inner;

        Table(T5Config config) {
            this.config = config;
            this.width = config.hiddenSize();
            this.inner = config.heads() * config.headSize();
        }

        Table relativeBiases(String half, int layers) {
            for (int i = 0; i < config.tables(layers); i++) {
                add(
                        half + ".block." + i + ".layer.0.SelfAttention.relative_attention_bias",
                        "relative_attention_num_buckets, num_heads",
                        config.buckets(),
                        config.heads());
            }
            return this;
        }

        Table selfAttention(String layer) {
            String attention = layer + "SelfAttention.";
            return norm(layer + "layer_norm")
                    .joined(attention, List.of("q", "k", "v"), ATTENTION, inner, width)
                    .add(attention + "o", ATTENTION, width, inner);
        }

        Table crossAttention(String layer) {
            String attention = layer + "EncDecAttention.";
            return norm(layer + "layer_norm")
                    .add(attention + "q", ATTENTION, inner, width)
                    .joined(attention, List.of("k", "v"), ATTENTION, inner, width)
                    .add(attention + "o", ATTENTION, width, inner);
        }

        Table feedForward(String layer) {
            String dense = layer + "DenseReluDense.";
            List<String> up = config.gated() ? List.of("wi_0", "wi_1") : List.of("wi");
            return norm(layer + "layer_norm")
                    .joined(dense, up, "d_ff, d_model", config.intermediateSize(), width)
                    .add(dense + "wo", "d_ff, d_model", width, config.intermediateSize());
        }

        Table norm(String name) {
            return add(name, "d_model", width);
        }

        Table add(String name, String keys, long... shape) {
            return joined(name, List.of(""), keys, shape);
        }

        Table joined(String prefix, List<String> names, String keys, long... shape) {
            List<String> parts =
                    names.stream().map(name -> prefix + name + ".weight").toList();
            slots.add(Optional.of(WeightSlot.joined(parts, keys, shape)));
            return this;
        }
    }
}
