package dev.cloze.runtime.backbone.encoder;

import dev.cloze.runtime.backbone.WeightSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists an encoder's published names, a line each, and gives them the shapes its configuration makes. */
public final class EncoderWeightsBuilder {

    private final EncoderConfig config;
    private final Keys keys;
    private final List<Optional<WeightSlot>> embedding = new ArrayList<>();
    private final List<Optional<WeightSlot>> layers = new ArrayList<>();
    private final List<Optional<WeightSlot>> head = new ArrayList<>();

    /**
     * What the family's config.json calls its sizes, for messages.
     *
     * @param hidden such as {@code hidden_size}
     * @param intermediate such as {@code intermediate_size}
     * @param embedding such as {@code embedding_size}, or the same as hidden
     */
    public record Keys(String hidden, String intermediate, String embedding) {}

    /** The published names of one layer's tensors, without {@code .weight} and {@code .bias}. */
    public record LayerNames(
            String query,
            String key,
            String value,
            String output,
            String attentionNorm,
            String up,
            String down,
            String outputNorm) {}

    public EncoderWeightsBuilder(EncoderConfig config, Keys keys) {
        this.config = config;
        this.keys = keys;
    }

    /** The embeddings; the segment embedding where the configuration has segments. */
    public EncoderWeightsBuilder embedding(String word, String position, String segment, String norm) {
        int width = config.embeddingSize();
        embedding.add(
                Optional.of(WeightSlot.of(word, "vocab_size, " + keys.embedding(), config.vocabularySize(), width)));
        embedding.add(Optional.of(
                WeightSlot.of(position, "max_position_embeddings, " + keys.embedding(), config.maxPositions(), width)));
        embedding.add(
                config.segments() == 0
                        ? Optional.empty()
                        : Optional.of(WeightSlot.of(
                                segment, "type_vocab_size, " + keys.embedding(), config.segments(), width)));
        norm(embedding, norm, keys.embedding(), width);
        return this;
    }

    /** The projection from embedding to hidden width. */
    public EncoderWeightsBuilder projection(String name) {
        dense(
                embedding,
                name,
                keys.hidden() + ", " + keys.embedding(),
                keys.hidden(),
                config.hiddenSize(),
                config.embeddingSize());
        return this;
    }

    /** No projection: embeddings are as wide as the layers. */
    public EncoderWeightsBuilder noProjection() {
        embedding.add(Optional.empty());
        embedding.add(Optional.empty());
        return this;
    }

    /** One set of layer weights. */
    public EncoderWeightsBuilder layer(LayerNames names) {
        int width = config.hiddenSize();
        List<String> qkv = List.of(names.query(), names.key(), names.value());
        layers.add(Optional.of(WeightSlot.joined(with(qkv, ".weight"), keys.hidden(), width, width)));
        layers.add(Optional.of(WeightSlot.joined(with(qkv, ".bias"), keys.hidden(), width)));
        dense(layers, names.output(), keys.hidden(), keys.hidden(), width, width);
        norm(layers, names.attentionNorm(), keys.hidden(), width);
        String both = keys.intermediate() + ", " + keys.hidden();
        dense(layers, names.up(), both, keys.intermediate(), config.intermediateSize(), width);
        dense(layers, names.down(), both, keys.hidden(), width, config.intermediateSize());
        norm(layers, names.outputNorm(), keys.hidden(), width);
        return this;
    }

    /** The masked-LM head. */
    public EncoderWeightsBuilder head(String dense, String norm, String decoder, String bias) {
        int width = config.embeddingSize();
        dense(head, dense, keys.embedding() + ", " + keys.hidden(), keys.embedding(), width, config.hiddenSize());
        norm(head, norm, keys.embedding(), width);
        head.add(
                config.tied()
                        ? Optional.empty()
                        : Optional.of(WeightSlot.of(
                                decoder, "vocab_size, " + keys.embedding(), config.vocabularySize(), width)));
        head.add(Optional.of(WeightSlot.of(bias, "vocab_size", config.vocabularySize())));
        return this;
    }

    /** The table. */
    public EncoderWeights build() {
        return new EncoderWeights(List.copyOf(embedding), List.copyOf(layers), List.copyOf(head));
    }

    private static List<String> with(List<String> names, String ending) {
        return names.stream().map(name -> name + ending).toList();
    }

    private static void dense(List<Optional<WeightSlot>> to, String name, String keys, String outKey, int out, int in) {
        to.add(Optional.of(WeightSlot.of(name + ".weight", keys, out, in)));
        to.add(Optional.of(WeightSlot.of(name + ".bias", outKey, out)));
    }

    private static void norm(List<Optional<WeightSlot>> to, String name, String key, int width) {
        to.add(Optional.of(WeightSlot.of(name + ".weight", key, width)));
        to.add(Optional.of(WeightSlot.of(name + ".bias", key, width)));
    }
}
