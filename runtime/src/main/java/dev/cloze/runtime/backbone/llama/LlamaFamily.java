package dev.cloze.runtime.backbone.llama;

import com.google.auto.service.AutoService;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Activation;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.decoder.DecoderConfig;
import dev.cloze.runtime.backbone.decoder.DecoderFamily;
import dev.cloze.runtime.backbone.decoder.DecoderWeights;
import java.util.Set;

/**
 * Llama, Qwen2, Qwen3 and Mistral as Hugging Face checkpoints hold them: root mean square norms, rotary positions, grouped
 * heads, a gated feed-forward.
 */
@AutoService(BackboneFamily.class)
public final class LlamaFamily implements DecoderFamily {

    private static final int USUAL_WINDOW = 4096;
    private static final int USUAL_KEY_VALUE_HEADS_OF_MISTRAL = 8;
    private static final int USUAL_KEY_VALUE_HEADS_OF_QWEN = 32;

    @Override
    public Set<String> modelTypes() {
        return Set.of("llama", "mistral", "qwen2", "qwen3");
    }

    @Override
    public String basePrefix() {
        return "model.";
    }

    /** Rotary frequencies, which older checkpoints hold. */
    @Override
    public boolean isTable(String name) {
        return name.endsWith(".rotary_emb.inv_freq");
    }

    @Override
    public DecoderConfig config(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        String type = reader.text("model_type", "");
        int width = reader.size("hidden_size");
        int heads = reader.size("num_attention_heads");
        int keyValueHeads = reader.size("num_key_value_heads", usualKeyValueHeads(reader, type, heads));
        reader.divides("num_key_value_heads", keyValueHeads, "num_attention_heads", heads);
        if (!reader.has("head_dim") && !type.equals("qwen3")) {
            reader.divides("num_attention_heads", heads, "hidden_size", width);
        }
        int headSize = reader.size("head_dim", type.equals("qwen3") ? 128 : width / heads);
        return new DecoderConfig(
                reader.size("vocab_size"),
                width,
                reader.size("num_hidden_layers"),
                heads,
                keyValueHeads,
                headSize,
                reader.size("intermediate_size"),
                maxLength(reader, type),
                new RotaryReader(reader, headSize).read(),
                DecoderConfig.Norm.RMS,
                true,
                Activation.parse("hidden_act", reader.text("hidden_act", "silu")),
                reader.positive("rms_norm_eps", 1e-6),
                true,
                new DecoderConfig.Dropouts(0, 0, reader.rate("attention_dropout", 0)),
                reader.flag("tie_word_embeddings", false),
                reader.counts("eos_token_id"));
    }

    /** Where the key is missing; null means as many as there are heads. */
    private static int usualKeyValueHeads(ConfigReader reader, String type, int heads) {
        return switch (reader.mentions("num_key_value_heads") ? "" : type) {
            case "mistral" -> USUAL_KEY_VALUE_HEADS_OF_MISTRAL;
            case "qwen2", "qwen3" -> USUAL_KEY_VALUE_HEADS_OF_QWEN;
            default -> heads;
        };
    }

    /** A sliding window changes nothing for texts that are no longer than it. */
    private static int maxLength(ConfigReader reader, String type) {
        int positions = reader.size("max_position_embeddings");
        boolean slides = type.equals("mistral") || reader.flag("use_sliding_window", false);
        int usual = reader.mentions("sliding_window") ? positions : USUAL_WINDOW; // null is no window
        return slides ? Math.min(positions, reader.size("sliding_window", usual)) : positions;
    }

    @Override
    public DecoderWeights weights(DecoderConfig config, JsonObject json) {
        return new LlamaWeights(config, new ConfigReader(json), basePrefix()).table();
    }
}
