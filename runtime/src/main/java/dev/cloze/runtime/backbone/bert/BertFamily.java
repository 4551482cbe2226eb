package dev.cloze.runtime.backbone.bert;

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
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** BERT as Hugging Face checkpoints hold it, {@code BertForMaskedLM} and {@code BertForPreTraining} alike. */
@AutoService(BackboneFamily.class)
public final class BertFamily implements EncoderFamily {

    @Override
    public Set<String> modelTypes() {
        return Set.of("bert");
    }

    @Override
    public String basePrefix() {
        return "bert.";
    }

    @Override
    public EncoderConfig config(JsonObject json) {
        return config(new ConfigReader(json), 0);
    }

    /** The configuration keys BERT and RoBERTa share. */
    public static EncoderConfig config(ConfigReader json, int positionOffset) {
        int hidden = json.size("hidden_size");
        int layers = json.size("num_hidden_layers");
        int heads = json.size("num_attention_heads");
        json.divides("num_attention_heads", heads, "hidden_size", hidden);
        Activation activation = Activation.parse("hidden_act", json.text("hidden_act", "gelu"));
        return new EncoderConfig(
                json.size("vocab_size"),
                hidden,
                hidden,
                layers,
                IntStream.range(0, layers).toArray(),
                heads,
                json.size("intermediate_size"),
                json.size("max_position_embeddings"),
                positionOffset,
                json.size("type_vocab_size", 2),
                activation,
                activation,
                json.positive("layer_norm_eps", 1e-12),
                json.rate("hidden_dropout_prob", 0.1),
                json.rate("attention_probs_dropout_prob", 0.1),
                json.flag("tie_word_embeddings", true));
    }

    @Override
    public ClassifierHead classifier(JsonObject json) {
        return classifier(json, "bert.pooler.dense", "classifier");
    }

    /** The one BERT and RoBERTa share, after its names; it drops as hidden states do where the key for it is missing. */
    public static ClassifierHead classifier(JsonObject json, String dense, String labels) {
        ConfigReader reader = new ConfigReader(json);
        return ClassifierHead.ofEncoder(
                dense,
                ClassifierHead.Activation.TANH,
                reader.rate("classifier_dropout", reader.rate("hidden_dropout_prob", 0.1)),
                labels,
                reader.amount("initializer_range", 0.02));
    }

    @Override
    public String headName() {
        return "cls.predictions.decoder.weight";
    }

    @Override
    public EncoderWeights weights(EncoderConfig config, JsonObject json) {
        EncoderWeightsBuilder table = embeddingAndLayers(config, basePrefix());
        String head = "cls.predictions.";
        return table.head(head + "transform.dense", head + "transform.LayerNorm", headName(), head + "bias")
                .build();
    }

    /** The names BERT and RoBERTa share, after their prefix. */
    public static EncoderWeightsBuilder embeddingAndLayers(EncoderConfig config, String prefix) {
        EncoderWeightsBuilder table =
                new EncoderWeightsBuilder(config, new Keys("hidden_size", "intermediate_size", "hidden_size"));
        String embedding = prefix + "embeddings.";
        table.embedding(
                embedding + "word_embeddings.weight",
                embedding + "position_embeddings.weight",
                embedding + "token_type_embeddings.weight",
                embedding + "LayerNorm");
        table.noProjection();
        for (int i = 0; i < config.layers(); i++) {
            table.layer(layer(prefix + "encoder.layer." + i + "."));
        }
        return table;
    }

    private static LayerNames layer(String prefix) {
        return new LayerNames(
                prefix + "attention.self.query",
                prefix + "attention.self.key",
                prefix + "attention.self.value",
                prefix + "attention.output.dense",
                prefix + "attention.output.LayerNorm",
                prefix + "intermediate.dense",
                prefix + "output.dense",
                prefix + "output.LayerNorm");
    }

    /** The bias of an untied head, which transformers 5 trains while the other one stays as it was. */
    @Override
    public List<String> newerNames(String name) {
        return name.equals("cls.predictions.bias") ? List.of("cls.predictions.decoder.bias") : List.of();
    }
}
