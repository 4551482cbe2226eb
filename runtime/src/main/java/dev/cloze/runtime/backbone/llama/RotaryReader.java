package dev.cloze.runtime.backbone.llama;

import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.ConfigReader;
import dev.cloze.runtime.backbone.decoder.DecoderConfig.Rotary;

/**
 * Reads how a config.json turns positions, as older and newer versions of transformers write it.
 *
 * <p>The angles are computed in 32 bits, as the models' authors did; their errors grow with the position.
 *
 * <p>The type {@code dynamic} changes its frequencies once a text is longer than max_position_embeddings. Texts are never
 * longer here, and up to there they are the plain ones. Beyond, transformers makes them new at every token written, while the
 * keys it has kept stay turned by the old ones, and takes them from the longest text of a batch: what a text gets would
 * depend on how it was written and on what stood beside it. {@code longrope} switches at a length within the positions, for
 * which there is the same to say, and is refused.
 */
final class RotaryReader {

    private static final String TYPE = "rope_type";

    private final ConfigReader config;
    private final ConfigReader rope;
    private final int headSize;
    private final double theta;

    RotaryReader(ConfigReader config, int headSize) {
        this.config = config;
        this.headSize = headSize;
        ConfigReader parameters = config.inside("rope_parameters");
        ConfigReader scaling = parameters == null ? config.inside("rope_scaling") : parameters;
        this.rope = scaling == null ? new ConfigReader(new JsonObject()) : scaling;
        this.theta = rope.positive("rope_theta", config.positive("rope_theta", 10_000));
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
        requireFlat();
        String type = rope.text(TYPE, rope.text("type", "default"));
        return switch (type) {
            case "default", "dynamic" -> new Rotary(frequencies(1), 1);
            case "linear" -> new Rotary(frequencies((float) rope.required("factor")), 1);
            case "llama3" -> new Rotary(llama3(), 1);
            case "yarn" -> yarn(Yarn.of(rope, config.size("max_position_embeddings")));
            case "longrope" ->
                throw unsupported("rotary positions of the type \"longrope\", whose frequencies change at a length");
            default -> throw unsupported("rotary positions of the type \"" + type + "\"");
        };
    }

    /** transformers 5 can have parameters for each kind of layer, one object a kind. */
    private void requireFlat() {
        for (String key : rope.keys()) {
            if (rope.holdsObject(key)) {
                throw unsupported("rotary positions that differ from layer to layer (\"" + key + "\")");
            }
        }
    }

    private Rotary yarn(Yarn yarn) {
        return new Rotary(yarn.frequencies(theta, periods()), yarn.attentionFactor());
    }

    /** How many positions each pair's whole turn takes, divided by 2 pi. */
    private float[] periods() {
        float[] periods = new float[headSize / 2];
        for (int i = 0; i < periods.length; i++) {
            periods[i] = (float) Math.pow((float) theta, 2 * i / (float) headSize);
        }
        return periods;
    }

    private float[] frequencies(float factor) {
        float[] frequencies = periods();
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = 1 / frequencies[i] / factor;
        }
        return frequencies;
    }

    /** Long waves are stretched, short ones are not, and those between are something of both. */
    private float[] llama3() {
        float factor = (float) rope.required("factor");
        float low = (float) rope.required("low_freq_factor");
        float high = (float) rope.required("high_freq_factor");
        float before = (float) rope.required("original_max_position_embeddings");
        float[] frequencies = frequencies(1);
        for (int i = 0; i < frequencies.length; i++) {
            float wave = (float) (2 * Math.PI) / frequencies[i];
            if (wave > before / low) {
                frequencies[i] /= factor;
            } else if (wave >= before / high) {
                float smooth = (before / wave - low) / (high - low);
                frequencies[i] = (1 - smooth) * frequencies[i] / factor + smooth * frequencies[i];
            }
        }
        return frequencies;
    }

    private static ClozeException unsupported(String what) {
        return new ClozeException(
                Problem.MODEL_UNSUPPORTED,
                "config.json asks for " + what + ", which this version doesn't compute."
                        + "\n  It has rotary positions of the types default, linear, dynamic, llama3 and yarn, over whole heads.");
    }
}
