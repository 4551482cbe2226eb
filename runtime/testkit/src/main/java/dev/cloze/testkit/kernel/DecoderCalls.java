package dev.cloze.testkit.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.decoder.DecoderArchitecture;
import dev.cloze.runtime.backbone.decoder.DecoderFamily;
import dev.cloze.runtime.backbone.gpt2.Gpt2Family;
import dev.cloze.runtime.backbone.llama.LlamaFamily;
import java.util.ArrayList;
import java.util.List;

/** The decoder kernel in the shapes of GPT-2 and of Llama and its like, small with gradients and in published sizes. */
public final class DecoderCalls {

    private DecoderCalls() {}

    /** GPT-2: learned positions, biases, heads that share nothing; the head is the word embedding. */
    public static List<KernelCall> gpt2() {
        return small("decoder-gpt2", new Gpt2Family(), """
                {"vocab_size": 8000, "n_embd": 128, "n_layer": 2, "n_head": 4, "n_positions": 64}""");
    }

    /** Llama: rotary positions of pairs half a head apart, three heads that share keys, a head of its own. */
    public static List<KernelCall> llama() {
        return small("decoder-llama", new LlamaFamily(), """
                {"model_type": "llama", "vocab_size": 6000, "hidden_size": 96, "num_hidden_layers": 3,
                 "num_attention_heads": 6, "num_key_value_heads": 2, "intermediate_size": 256,
                 "max_position_embeddings": 64}""");
    }

    /** Qwen3's normalised heads, biases, and rotary positions scaled by YaRN. */
    public static List<KernelCall> qwen3() {
        return small("decoder-qwen3", new LlamaFamily(), """
                {"model_type": "qwen3", "vocab_size": 3000, "hidden_size": 64, "num_hidden_layers": 2,
                 "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 32, "intermediate_size": 160,
                 "max_position_embeddings": 64, "attention_bias": true,
                 "rope_scaling": {"rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 16},
                 "tie_word_embeddings": true}""");
    }

    /** The smallest GPT-2 there is, its twelve layers alike and over 2,000 tokens. */
    public static List<KernelCall> gpt2Small() {
        return published("decoder-gpt2-small", new Gpt2Family(), """
                {"vocab_size": 2000, "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024}""");
    }

    /**
     * SmolLM2 of 135 million parameters, a Llama: twelve of its thirty layers, over which bfloat16 stays near float32, alike
     * and over 2,000 tokens.
     */
    public static List<KernelCall> smolLm2() {
        return published("decoder-smollm2-135m", new LlamaFamily(), """
                {"model_type": "llama", "vocab_size": 2000, "hidden_size": 576, "num_hidden_layers": 12,
                 "num_attention_heads": 9, "num_key_value_heads": 3, "intermediate_size": 1536,
                 "max_position_embeddings": 8192, "rope_theta": 100000, "tie_word_embeddings": true}""");
    }

    private static List<KernelCall> small(String archive, DecoderFamily family, String config) {
        return all(DecoderSample.of(archive, architecture(family, config), false), true);
    }

    private static List<KernelCall> published(String archive, DecoderFamily family, String config) {
        return all(DecoderSample.of(archive, architecture(family, config), true), false);
    }

    private static DecoderArchitecture architecture(DecoderFamily family, String config) {
        JsonObject json = JsonParser.parseString(config).getAsJsonObject();
        return DecoderArchitecture.of(family, json);
    }

    private static List<KernelCall> all(DecoderSample sample, boolean gradients) {
        List<KernelCall> calls = new ArrayList<>(new DecoderTexts(sample).all(gradients));
        calls.addAll(new DecoderSteps(sample).all());
        return calls;
    }
}
