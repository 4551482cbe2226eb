package dev.cloze.runtime.backbone.distilbert;

import com.google.auto.service.AutoService;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Activation;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.encoder.EncoderConfig;
import dev.cloze.runtime.backbone.encoder.EncoderFamily;
import dev.cloze.runtime.backbone.encoder.EncoderWeights;
import dev.cloze.runtime.backbone.encoder.EncoderWeightsBuilder;
import dev.cloze.runtime.backbone.encoder.EncoderWeightsBuilder.Keys;
import dev.cloze.runtime.backbone.encoder.EncoderWeightsBuilder.LayerNames;
import java.util.Set;
import java.util.stream.IntStream;

/** DistilBERT as Hugging Face checkpoints hold it: BERT without segments, under keys and names of its own. */
@AutoService(BackboneFamily.class)
public final class DistilBertFamily implements EncoderFamily {

    @Override
    public Set<String> modelTypes() {
        return Set.of("distilbert");
    }

    @Override
    public String basePrefix() {
        return "distilbert.";
    }

    @Override
    public EncoderConfig config(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        int width = reader.size("dim");
        int layers = reader.size("n_layers");
        int heads = reader.size("n_heads");
        reader.divides("n_heads", heads, "dim", width);
        Activation activation = Activation.parse("activation", reader.text("activation", "gelu"));
        return new EncoderConfig(
                reader.size("vocab_size"),
                width,
                width,
                layers,
                IntStream.range(0, layers).toArray(),
                heads,
                reader.size("hidden_dim"),
                reader.size("max_position_embeddings"),
                0,
                0,
                activation,
                activation,
                1e-12,
                reader.rate("dropout", 0.1),
                reader.rate("attention_dropout", 0.1),
                reader.flag("tie_word_embeddings", true));
    }

    @Override
    public ClassifierHead classifier(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        return ClassifierHead.ofEncoder(
                        "pre_classifier",
                        ClassifierHead.Activation.RELU,
                        reader.rate("seq_classif_dropout", 0.2),
                        "classifier",
                        reader.amount("initializer_range", 0.02))
                .withTokenDropout(reader.rate("dropout", 0.1));
    }

    @Override
    public boolean dropsAfterAttention() {
        return false;
    }

    @Override
    public String headName() {
        return "vocab_projector.weight";
    }

    @Override
    public EncoderWeights weights(EncoderConfig config, JsonObject json) {
        EncoderWeightsBuilder table = new EncoderWeightsBuilder(config, new Keys("dim", "hidden_dim", "dim"));
        String embedding = basePrefix() + "embeddings.";
        table.embedding(
                embedding + "word_embeddings.weight",
                embedding + "position_embeddings.weight",
                "",
                embedding + "LayerNorm");
        table.noProjection();
        for (int i = 0; i < config.layers(); i++) {
            table.layer(layer(basePrefix() + "transformer.layer." + i + "."));
        }
        return table.head("vocab_transform", "vocab_layer_norm", headName(), "vocab_projector.bias")
                .build();
    }

    private static LayerNames layer(String prefix) {
        return new LayerNames(
                prefix + "attention.q_lin",
                prefix + "attention.k_lin",
                prefix + "attention.v_lin",
                prefix + "attention.out_lin",
                prefix + "sa_layer_norm",
                prefix + "ffn.lin1",
                prefix + "ffn.lin2",
                prefix + "output_layer_norm");
    }
}
