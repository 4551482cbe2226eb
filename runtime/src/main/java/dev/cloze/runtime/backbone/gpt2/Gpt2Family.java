package dev.cloze.runtime.backbone.gpt2;

import com.google.auto.service.AutoService;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Activation;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.decoder.DecoderConfig;
import dev.cloze.runtime.backbone.decoder.DecoderFamily;
import dev.cloze.runtime.backbone.decoder.DecoderWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** GPT-2 and DistilGPT-2 as Hugging Face checkpoints hold them: learned positions, matrices stored (in, out). */
@AutoService(BackboneFamily.class)
public final class Gpt2Family implements DecoderFamily {

    @Override
    public Set<String> modelTypes() {
        return Set.of("gpt2");
    }

    @Override
    public String basePrefix() {
        return "transformer.";
    }

    /** Causal masks, which older checkpoints hold. */
    @Override
    public boolean isTable(String name) {
        return name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias");
    }

    @Override
    public DecoderConfig config(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        int width = reader.size("n_embd");
        int heads = reader.size("n_head");
        reader.divides("n_head", heads, "n_embd", width);
        return new DecoderConfig(
                reader.size("vocab_size"),
                width,
                reader.size("n_layer"),
                heads,
                heads,
                width / heads,
                reader.size("n_inner", 4 * width),
                reader.size("n_positions"),
                DecoderConfig.Rotary.NONE,
                DecoderConfig.Norm.LAYER,
                false,
                Activation.parse("activation_function", reader.text("activation_function", "gelu_new")),
                reader.positive("layer_norm_epsilon", 1e-5),
                reader.flag("scale_attn_weights", true),
                new DecoderConfig.Dropouts(
                        reader.rate("embd_pdrop", 0.1),
                        reader.rate("resid_pdrop", 0.1),
                        reader.rate("attn_pdrop", 0.1)),
                reader.flag("tie_word_embeddings", true),
                reader.counts("eos_token_id"));
    }

    @Override
    public DecoderWeights weights(DecoderConfig config, JsonObject json) {
        int width = config.hiddenSize();
        List<Optional<WeightSlot>> layers = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            String layer = basePrefix() + "h." + i + ".";
            norm(layers, layer + "ln_1", width);
            dense(layers, layer + "attn.c_attn", "n_embd", width, config.joinedRows());
            layers.add(Optional.empty());
            layers.add(Optional.empty());
            dense(layers, layer + "attn.c_proj", "n_embd", width, width);
            norm(layers, layer + "ln_2", width);
            dense(layers, layer + "mlp.c_fc", "n_embd, n_inner", width, config.intermediateSize());
            dense(layers, layer + "mlp.c_proj", "n_inner, n_embd", config.intermediateSize(), width);
        }
        List<Optional<WeightSlot>> head = new ArrayList<>();
        norm(head, basePrefix() + "ln_f", width);
        head.add(config.tied() ? Optional.empty() : slot(HEAD, "vocab_size, n_embd", config.vocabularySize(), width));
        return new DecoderWeights(
                List.of(
                        slot(basePrefix() + "wte.weight", "vocab_size, n_embd", config.vocabularySize(), width),
                        slot(basePrefix() + "wpe.weight", "n_positions, n_embd", config.maxLength(), width)),
                List.copyOf(layers),
                List.copyOf(head));
    }

    private static Optional<WeightSlot> slot(String name, String keys, long... shape) {
        return Optional.of(WeightSlot.of(name, keys, shape));
    }

    private static void norm(List<Optional<WeightSlot>> to, String name, int width) {
        to.add(slot(name + ".weight", "n_embd", width));
        to.add(slot(name + ".bias", "n_embd", width));
    }

    private static void dense(List<Optional<WeightSlot>> to, String name, String keys, int in, int out) {
        to.add(Optional.of(WeightSlot.transposed(name + ".weight", keys, in, out)));
        to.add(slot(name + ".bias", keys, out));
    }
}
