package dev.cloze.runtime.backbone.decoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.HalfFloats;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.OneDnn;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * All that config.json says of a decoder: its family, numbers, and where its weights stand.
 *
 * @param family GPT-2, Llama
 * @param config the numbers
 * @param weights the table of names
 * @param classifier what sequence classifiers put on top of it
 */
public record DecoderArchitecture(
        DecoderFamily family, DecoderConfig config, DecoderWeights weights, ClassifierHead classifier) {

    /** Reads a config.json of that family. */
    public static DecoderArchitecture of(DecoderFamily family, JsonObject json) {
        DecoderConfig config = family.config(json);
        double deviation = new ConfigReader(json).amount("initializer_range", 0.02);
        return new DecoderArchitecture(
                family, config, family.weights(config, json), ClassifierHead.ofDecoder(deviation));
    }

    /** The same without a head of its own. */
    DecoderArchitecture withoutHead() {
        return new DecoderArchitecture(family, config, weights.withoutHead(), classifier);
    }

    /** The decoder kernel for that device with this configuration written in. */
    public KernelSource kernel(ComputeDevice device) {
        Map<String, String> constants =
                new HashMap<>(OneDnn.constants(device, config.activation().inKernels()));
        constants.putAll(HalfFloats.constants(device));
        constants.putAll(Map.ofEntries(
                Map.entry("depth", Integer.toString(config.layers())),
                Map.entry("heads", Integer.toString(config.heads())),
                Map.entry("keyValueHeads", Integer.toString(config.keyValueHeads())),
                Map.entry("group", Integer.toString(config.heads() / config.keyValueHeads())),
                Map.entry("headSize", Integer.toString(config.headSize())),
                Map.entry("scale", Double.toString(config.scaled() ? 1 / Math.sqrt(config.headSize()) : 1)),
                Map.entry("epsilon", decimal(config.epsilon())),
                Map.entry("norm", config.norm().name().toLowerCase(Locale.ROOT)),
                Map.entry("activation", config.activation().inKernels()),
                Map.entry("feedForward", config.gated() ? "gated" : "plain"),
                Map.entry("attentionFactor", decimal(config.rotary().attentionFactor()))));
        return KernelSource.read("decoder", constants);
    }

    /** Java writes 1.0E-12 where Python writes 1.0e-12. */
    private static String decimal(double value) {
        return Double.toString(value).replace('E', 'e');
    }
}
