package dev.cloze.runtime.backbone.t5;

import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.Activation;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.OneDnn;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers that shape a T5.
 *
 * @param vocabularySize V, rows of the word embedding
 * @param hiddenSize E
 * @param encoderLayers layers of the encoder
 * @param decoderLayers layers of the decoder
 * @param heads H
 * @param headSize D; H times D need not be E
 * @param intermediateSize F
 * @param buckets of relative positions, the same number in encoder and decoder
 * @param maxDistance from which on all relative positions are alike
 * @param biasPerLayer whether every layer has relative biases of its own (umT5), or the first one's
 * @param activation the feed-forward's
 * @param gated whether a second projection gates the feed-forward
 * @param epsilon of every norm
 * @param dropout rate in training, 0 to below 1
 * @param tied whether the head is the word embedding
 * @param scaled whether what the head takes is divided by the root of the width
 * @param startToken what every target begins after
 * @param endTokens what ends a text
 * @param maxLength tokens a text was pretrained with at most; relative positions allow any
 * @param classifier what sequence classifiers put on top of it
 */
public record T5Config(
        int vocabularySize,
        int hiddenSize,
        int encoderLayers,
        int decoderLayers,
        int heads,
        int headSize,
        int intermediateSize,
        int buckets,
        int maxDistance,
        boolean biasPerLayer,
        Activation activation,
        boolean gated,
        double epsilon,
        double dropout,
        boolean tied,
        boolean scaled,
        int startToken,
        int[] endTokens,
        int maxLength,
        ClassifierHead classifier) {

    /** Reads a config.json; those of mT5 and umT5 leave out what differs from T5's. */
    public static T5Config of(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        String type = reader.text("model_type", "t5");
        String feed = reader.text("feed_forward_proj", type.equals("t5") ? "relu" : "gated-gelu");
        boolean gated = reader.flag("is_gated_act", feed.startsWith("gated-"));
        boolean tied = reader.flag("tie_word_embeddings", !type.equals("mt5") || reader.isOfTransformers5());
        int layers = reader.size("num_layers");
        T5Config config = new T5Config(
                reader.size("vocab_size"),
                reader.size("d_model"),
                layers,
                reader.size("num_decoder_layers", layers),
                reader.size("num_heads"),
                reader.size("d_kv"),
                reader.size("d_ff"),
                reader.size("relative_attention_num_buckets", 32),
                reader.size("relative_attention_max_distance", 128),
                type.equals("umt5"),
                activation(reader, feed),
                gated,
                reader.positive("layer_norm_epsilon", 1e-6),
                reader.rate("dropout_rate", 0.1),
                tied,
                isScaled(reader, type, tied),
                reader.count("decoder_start_token_id", reader.count("pad_token_id", 0)),
                reader.has("eos_token_id") ? reader.counts("eos_token_id") : new int[] {1},
                reader.size("n_positions", 512),
                classifier(reader));
        config.check();
        return config;
    }

    /**
     * The original T5 divides, 1.1 doesn't. transformers 4 takes "not tied" for 1.1; 5 calls every T5 tied and says it by a key of
     * its own, which mT5 doesn't know: there it never divides.
     */
    private static boolean isScaled(ConfigReader reader, String type, boolean tied) {
        return type.equals("mt5") ? tied && !reader.isOfTransformers5() : reader.flag("scale_decoder_outputs", tied);
    }

    /** On the decoder's last token, which is the end of the text. */
    private static ClassifierHead classifier(ConfigReader reader) {
        double deviation = reader.amount("initializer_factor", 1) / Math.sqrt(reader.size("d_model"));
        return ClassifierHead.ofEncoder(
                        "classification_head.dense",
                        ClassifierHead.Activation.TANH,
                        reader.rate("classifier_dropout", 0),
                        "classification_head.out_proj",
                        deviation)
                .droppingTwice()
                .onLastToken();
    }

    /** "gated-gelu" has always meant the tanh approximation. */
    private static Activation activation(ConfigReader reader, String feed) {
        if (reader.has("dense_act_fn")) {
            return Activation.parse("dense_act_fn", reader.text("dense_act_fn", ""));
        }
        return feed.equals("gated-gelu")
                ? Activation.GELU_TANH
                : Activation.parse("feed_forward_proj", feed.replaceFirst("^gated-", ""));
    }

    /** The same with a head of its own. */
    T5Config untied() {
        return new T5Config(
                vocabularySize,
                hiddenSize,
                encoderLayers,
                decoderLayers,
                heads,
                headSize,
                intermediateSize,
                buckets,
                maxDistance,
                biasPerLayer,
                activation,
                gated,
                epsilon,
                dropout,
                false,
                scaled,
                startToken,
                endTokens,
                maxLength,
                classifier);
    }

    private void check() {
        if (startToken >= vocabularySize) {
            throw new ClozeException(
                    Problem.MODEL_CONFIG,
                    "config.json gives decoder_start_token_id = " + startToken + ", but there are only "
                            + vocabularySize + " tokens (by vocab_size).");
        }
        if (buckets < 4 || maxDistance <= buckets / 2) {
            throw new ClozeException(
                    Problem.MODEL_CONFIG,
                    "config.json gives relative_attention_num_buckets = " + buckets
                            + " and relative_attention_max_distance = " + maxDistance
                            + ", but there are at least 4 buckets, and the distance is more than half their number.");
        }
    }

    /** The sizes that any backbone has, with the encoder's layers. */
    BackboneShape shape() {
        return new BackboneShape(
                vocabularySize, hiddenSize, hiddenSize, encoderLayers, heads, headSize, maxLength, dropout, dropout);
    }

    /** Of the encoder's tokens. */
    public RelativeBuckets encoderBuckets() {
        return new RelativeBuckets(buckets, maxDistance, true);
    }

    /** Of the decoder's tokens. */
    public RelativeBuckets decoderBuckets() {
        return new RelativeBuckets(buckets, maxDistance, false);
    }

    /** How many of so many layers have relative biases of their own. */
    int tables(int layers) {
        return biasPerLayer ? layers : 1;
    }

    /** What the decoder's last states are multiplied by before the head. */
    double headScale() {
        return scaled ? 1 / Math.sqrt(hiddenSize) : 1;
    }

    /** The kernel for that device with these numbers written in. */
    public KernelSource kernel(ComputeDevice device) {
        Map<String, String> constants = new HashMap<>(OneDnn.constants(device, activation.inKernels()));
        constants.putAll(Map.ofEntries(
                Map.entry("heads", Integer.toString(heads)),
                Map.entry("layers", Integer.toString(encoderLayers)),
                Map.entry("decoderLayers", Integer.toString(decoderLayers)),
                Map.entry("encoderTables", Integer.toString(tables(encoderLayers))),
                Map.entry("decoderTables", Integer.toString(tables(decoderLayers))),
                Map.entry("epsilon", decimal(epsilon)),
                Map.entry("activation", activation.inKernels()),
                Map.entry("gated", gated ? "True" : "False"),
                Map.entry("headScale", decimal(headScale()))));
        return KernelSource.read("t5", constants);
    }

    /** Java writes 1.0E-12 where Python writes 1.0e-12. */
    private static String decimal(double value) {
        return Double.toString(value).replace('E', 'e');
    }
}
