package dev.cloze.runtime.backbone.encoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.OneDnn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * All that config.json says of an encoder: its family, numbers, and where its weights stand.
 *
 * @param family BERT, RoBERTa, ...
 * @param config the numbers
 * @param weights the table of names
 * @param classifier what sequence classifiers put on top of it
 */
public record EncoderArchitecture(
        EncoderFamily family, EncoderConfig config, EncoderWeights weights, ClassifierHead classifier) {

    /** Reads a config.json of that family. */
    public static EncoderArchitecture of(EncoderFamily family, JsonObject json) {
        EncoderConfig config = family.config(json);
        return new EncoderArchitecture(family, config, family.weights(config, json), family.classifier(json));
    }

    /** The same without the masked-LM head. */
    EncoderArchitecture withoutHead() {
        return new EncoderArchitecture(family, config, weights.withoutHead(), classifier);
    }

    /** The encoder kernel for that device with this configuration written in. */
    public KernelSource kernel(ComputeDevice device) {
        String activation = config.activation().inKernels();
        Map<String, String> constants = new HashMap<>(OneDnn.constants(device, activation));
        constants.put("heads", Integer.toString(config.heads()));
        constants.put("scale", Double.toString(1 / Math.sqrt((double) config.hiddenSize() / config.heads())));
        constants.put("epsilon", decimal(config.epsilon()));
        constants.put("activation", activation);
        constants.put("headActivation", config.headActivation().inKernels());
        constants.put("rateAfterAttention", family.dropsAfterAttention() ? "hiddenRate" : "0.0");
        constants.put("rateAfterFeed", family.dropsAfterFeed() ? "hiddenRate" : "0.0");
        constants.put("order", "annotate(List[int], " + Arrays.toString(config.layerOrder()) + ")");
        return KernelSource.read("encoder", constants);
    }

    /** Java writes 1.0E-12 where Python writes 1.0e-12. */
    private static String decimal(double value) {
        return Double.toString(value).replace('E', 'e');
    }
}
