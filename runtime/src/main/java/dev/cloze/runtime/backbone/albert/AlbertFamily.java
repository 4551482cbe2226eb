package dev.cloze.runtime.backbone.albert;

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

/** ALBERT as Hugging Face checkpoints hold it: narrow embeddings, a projection, layers that share weights. */
@AutoService(BackboneFamily.class)
public final class AlbertFamily implements EncoderFamily {

    @Override
    public Set<String> modelTypes() {
        return Set.of("albert");
    }

    @Override
    public String basePrefix() {
        return "albert.";
    }

    @Override
    public EncoderConfig config(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        int hidden = reader.size("hidden_size");
        int heads = reader.size("num_attention_heads");
        reader.divides("num_attention_heads", heads, "hidden_size", hidden);
        int[] order = order(
                reader.size("num_hidden_layers"),
                reader.size("num_hidden_groups", 1),
                reader.size("inner_group_num", 1));
        Activation activation = Activation.parse("hidden_act", reader.text("hidden_act", "gelu_new"));
        return new EncoderConfig(
                reader.size("vocab_size"),
                reader.size("embedding_size", 128),
                hidden,
                order.length,
                order,
                heads,
                reader.size("intermediate_size"),
                reader.size("max_position_embeddings"),
                0,
                reader.size("type_vocab_size", 2),
                activation,
                activation,
                reader.positive("layer_norm_eps", 1e-12),
                reader.rate("hidden_dropout_prob", 0),
                reader.rate("attention_probs_dropout_prob", 0),
                reader.flag("tie_word_embeddings", true));
    }

    /** Layer i belongs to group i / (layers / groups), and passes all inner layers of that group. */
    static int[] order(int layers, int groups, int inner) {
        int[] order = new int[layers * inner];
        for (int i = 0; i < layers; i++) {
            int group = (int) (i / ((double) layers / groups));
            for (int j = 0; j < inner; j++) {
                order[i * inner + j] = group * inner + j;
            }
        }
        return order;
    }

    @Override
    public ClassifierHead classifier(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        return ClassifierHead.ofEncoder(
                basePrefix() + "pooler",
                ClassifierHead.Activation.TANH,
                reader.rate("classifier_dropout_prob", 0.1),
                "classifier",
                reader.amount("initializer_range", 0.02));
    }

    @Override
    public boolean dropsAfterFeed() {
        return false;
    }

    @Override
    public String headName() {
        return "predictions.decoder.weight";
    }

    @Override
    public EncoderWeights weights(EncoderConfig config, JsonObject json) {
        EncoderWeightsBuilder table =
                new EncoderWeightsBuilder(config, new Keys("hidden_size", "intermediate_size", "embedding_size"));
        String embedding = basePrefix() + "embeddings.";
        table.embedding(
                embedding + "word_embeddings.weight",
                embedding + "position_embeddings.weight",
                embedding + "token_type_embeddings.weight",
                embedding + "LayerNorm");
        table.projection(basePrefix() + "encoder.embedding_hidden_mapping_in");
        int inner = new ConfigReader(json).size("inner_group_num", 1);
        for (int set = 0; set < config.layerSets(); set++) {
            table.layer(layer(basePrefix() + "encoder.albert_layer_groups." + set / inner + ".albert_layers."
                    + set % inner + "."));
        }
        return table.head("predictions.dense", "predictions.LayerNorm", headName(), "predictions.bias")
                .build();
    }

    private static LayerNames layer(String prefix) {
        return new LayerNames(
                prefix + "attention.query",
                prefix + "attention.key",
                prefix + "attention.value",
                prefix + "attention.dense",
                prefix + "attention.LayerNorm",
                prefix + "ffn",
                prefix + "ffn_output",
                prefix + "full_layer_layer_norm");
    }

    /** The bias of an untied head, which transformers 5 trains while the other one stays as it was. */
    @Override
    public List<String> newerNames(String name) {
        return name.equals("predictions.bias") ? List.of("predictions.decoder.bias") : List.of();
    }
}
