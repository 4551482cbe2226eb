package dev.cloze.testkit.kernel;

import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.t5.T5Config;
import java.util.ArrayList;
import java.util.List;

/** The kernel of T5 in its three forms, small with gradients and in a published size. */
public final class T5Calls {

    private T5Calls() {}

    /** The first form: relu, the head is the word embedding; the decoder has more layers than the encoder. */
    public static List<KernelCall> first() {
        return all(T5Sample.of("t5-first", config("""
                {"model_type": "t5", "vocab_size": 3000, "d_model": 64, "d_kv": 16, "d_ff": 128, "num_layers": 2,
                 "num_decoder_layers": 3, "num_heads": 6}"""), false), true);
    }

    /** The later form: a gated feed-forward and a head of its own. */
    public static List<KernelCall> gated() {
        return all(T5Sample.of("t5-gated", config("""
                {"model_type": "t5", "vocab_size": 3000, "d_model": 64, "d_kv": 16, "d_ff": 96, "num_layers": 2,
                 "num_heads": 4, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": false}"""), false), true);
    }

    /** umT5's: relative biases in every layer. */
    public static List<KernelCall> biasPerLayer() {
        return all(T5Sample.of("t5-umt5", config("""
                {"model_type": "umt5", "vocab_size": 2000, "d_model": 48, "d_kv": 16, "d_ff": 64, "num_layers": 2,
                 "num_decoder_layers": 3, "num_heads": 3}"""), false), true);
    }

    /** T5-small, the layers of each half alike and over 2,000 tokens. */
    public static List<KernelCall> small() {
        return all(T5Sample.of("t5-small", config("""
                {"model_type": "t5", "vocab_size": 2000, "d_model": 512, "d_kv": 64, "d_ff": 2048, "num_layers": 6,
                 "num_heads": 8}"""), true), false);
    }

    private static T5Config config(String json) {
        return T5Config.of(JsonParser.parseString(json).getAsJsonObject());
    }

    private static List<KernelCall> all(T5Sample sample, boolean gradients) {
        List<KernelCall> calls = new ArrayList<>(new T5Texts(sample).all(gradients));
        calls.addAll(new T5Steps(sample).all());
        return calls;
    }
}
