package dev.cloze.runtime.tuning.exchange;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.model.LanguageModel;
import java.util.List;

/**
 * What PEFT notes of a model.
 *
 * @param taskType the class of PEFT that puts adapters into such models
 * @param layers L, of an encoder-decoder its encoder's
 * @param heads of queries
 */
public record ModelSizes(String taskType, int layers, int heads) {

    /** PEFT's task type of encoders. */
    public static final String ENCODER_TASK = "FEATURE_EXTRACTION";

    /** Those of a model. */
    public static ModelSizes of(LanguageModel model) {
        BackboneShape shape = model.backbone().shape();
        return new ModelSizes(taskType(model.backbone().kind()), shape.layers(), heads(model));
    }

    /** PEFT takes the number from the configuration, under whichever name it has there. */
    private static int heads(LanguageModel model) {
        JsonObject config = model.folder().config();
        for (String key : List.of("num_attention_heads", "n_head", "num_heads", "n_heads")) {
            if (config.get(key) instanceof JsonPrimitive number && number.isNumber()) {
                return number.getAsInt();
            }
        }
        return model.backbone().shape().keyValueHeads();
    }

    private static String taskType(BackboneKind kind) {
        return switch (kind) {
            case ENCODER -> ENCODER_TASK;
            case DECODER -> "CAUSAL_LM";
            case ENCODER_DECODER -> "SEQ_2_SEQ_LM";
        };
    }
}
