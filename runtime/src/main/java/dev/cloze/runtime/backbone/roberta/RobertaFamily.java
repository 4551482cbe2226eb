package dev.cloze.runtime.backbone.roberta;

import com.google.auto.service.AutoService;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Activation;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.bert.BertFamily;
import dev.cloze.runtime.backbone.encoder.EncoderConfig;
import dev.cloze.runtime.backbone.encoder.EncoderFamily;
import dev.cloze.runtime.backbone.encoder.EncoderWeights;
import java.util.List;
import java.util.Set;

/** RoBERTa, CamemBERT and XLM-R as Hugging Face checkpoints hold them. */
@AutoService(BackboneFamily.class)
public final class RobertaFamily implements EncoderFamily {

    @Override
    public Set<String> modelTypes() {
        return Set.of("roberta", "xlm-roberta", "camembert");
    }

    @Override
    public String basePrefix() {
        return "roberta.";
    }

    /** Positions start behind the padding token's, and the head's activation is always the exact GELU. */
    @Override
    public EncoderConfig config(JsonObject json) {
        ConfigReader reader = new ConfigReader(json);
        EncoderConfig bert = BertFamily.config(reader, reader.count("pad_token_id", 1) + 1);
        return new EncoderConfig(
                bert.vocabularySize(),
                bert.embeddingSize(),
                bert.hiddenSize(),
                bert.layers(),
                bert.layerOrder(),
                bert.heads(),
                bert.intermediateSize(),
                bert.maxPositions(),
                bert.positionOffset(),
                bert.segments(),
                bert.activation(),
                Activation.GELU,
                bert.epsilon(),
                bert.hiddenDropout(),
                bert.attentionDropout(),
                bert.tied());
    }

    @Override
    public ClassifierHead classifier(JsonObject json) {
        return BertFamily.classifier(json, "classifier.dense", "classifier.out_proj")
                .droppingTwice();
    }

    @Override
    public String headName() {
        return "lm_head.decoder.weight";
    }

    @Override
    public EncoderWeights weights(EncoderConfig config, JsonObject json) {
        return BertFamily.embeddingAndLayers(config, basePrefix())
                .head("lm_head.dense", "lm_head.layer_norm", headName(), "lm_head.bias")
                .build();
    }

    /** The bias of an untied head, which transformers 5 trains while the other one stays as it was. */
    @Override
    public List<String> newerNames(String name) {
        return name.equals("lm_head.bias") ? List.of("lm_head.decoder.bias") : List.of();
    }
}
