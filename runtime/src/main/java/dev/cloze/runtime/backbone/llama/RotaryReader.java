package dev.cloze.runtime.backbone.llama;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.decoder.DecoderConfig.Rotary;

/**
 * Reads how a config.json turns positions, as older and newer versions of transformers write it.
 *
 * <p>The angles are computed in 32 bits, as the models' authors did; their errors grow with the position.
 */
final class RotaryReader {

    private static final String TYPE = "rope_type";

    private final ConfigReader config;
    private final ConfigReader rope;
    private final int headSize;

    RotaryReader(ConfigReader config, int headSize) {
        this.config = config;
        this.headSize = headSize;
        ConfigReader parameters = config.inside("rope_parameters");
        ConfigReader scaling = parameters == null ? config.inside("rope_scaling") : parameters;
        this.rope = scaling == null ? new ConfigReader(new com.google.gson.JsonObject()) : scaling;
    }

    Rotary read() {
        double part = config.positive("partial_rotary_factor", 1);
        if (part != 1 || rope.positive("partial_rotary_factor", 1) != 1) {
            throw unsupported("partial_rotary_factor, which turns only a part of each head");
        }
        if (headSize % 2 != 0) {
            throw new ClozeException(
                    Problem.MODEL_CONFIG,
                    "config.json makes heads of width " + headSize + ", but rotary positions turn pairs.");
        }
        float[] frequencies = frequencies(rope.positive("rope_theta", config.positive("rope_theta", 10_000)));
        String type = rope.text(TYPE, rope.text("type", "default"));
        switch (type) {
            case "default" -> {}
            case "linear" -> linear(frequencies, (float) rope.required("factor"));
            case "llama3" -> llama3(frequencies);
            default -> throw unsupported("rotary positions of the type \"" + type + "\"");
        }
        return new Rotary(frequencies, config.flag("rope_interleaved", false));
    }

    private float[] frequencies(double theta) {
        float[] frequencies = new float[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = 1 / (float) Math.pow((float) theta, 2 * i / (float) headSize);
        }
        return frequencies;
    }

    private static void linear(float[] frequencies, float factor) {
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] /= factor;
        }
    }

    /** Long waves are stretched, short ones are not, and those between are something of both. */
    private void llama3(float[] frequencies) {
        float factor = (float) rope.required("factor");
        float low = (float) rope.required("low_freq_factor");
        float high = (float) rope.required("high_freq_factor");
        float before = (float) rope.required("original_max_position_embeddings");
        for (int i = 0; i < frequencies.length; i++) {
            float wave = (float) (2 * Math.PI) / frequencies[i];
            if (wave > before / low) {
                frequencies[i] /= factor;
            } else if (wave >= before / high) {
                float smooth = (before / wave - low) / (high - low);
                frequencies[i] = (1 - smooth) * frequencies[i] / factor + smooth * frequencies[i];
            }
        }
    }

    private static ClozeException unsupported(String what) {
        return new ClozeException(
                Problem.MODEL_UNSUPPORTED,
                "config.json asks for " + what + ", which this version doesn't compute."
                        + "\n  It has rotary positions of the types default, linear and llama3, over whole heads.");
    }
}
