package dev.cloze.runtime.backbone.llama;

import dev.cloze.runtime.backbone.ConfigReader;

/**
 * Positions stretched for longer texts (YaRN; Peng et al. 2023, arXiv 2309.00071): pairs that turn slowly are slowed down by a
 * factor, fast ones are not, and those between are something of both.
 *
 * <p>Step by step as Hugging Face transformers 4.57.1 computes it, bounds in 64 bits and frequencies in 32.
 *
 * @param factor by which positions are stretched
 * @param fast turns within the original length from which on a pair is left as it is
 * @param slow turns up to which a pair is stretched by the whole factor
 * @param truncated whether the bounds are whole pairs
 * @param length the original one
 * @param attentionFactor by which turned queries and keys are multiplied
 */
record Yarn(double factor, double fast, double slow, boolean truncated, double length, double attentionFactor) {

    /** Reads an object rope_scaling; where it doesn't say the original length, that is the config's. */
    static Yarn of(ConfigReader rope, int positions) {
        double factor = rope.required("factor");
        return new Yarn(
                factor,
                orElse(rope.amount("beta_fast"), 32),
                orElse(rope.amount("beta_slow"), 1),
                rope.flag("truncate", true),
                orElse(rope.amount("original_max_position_embeddings"), positions),
                attentionFactor(rope, factor));
    }

    private static double orElse(double value, double otherwise) {
        return value == 0 ? otherwise : value;
    }

    private static double attentionFactor(ConfigReader rope, double factor) {
        double scale = rope.amount("mscale");
        double scaleOfAll = rope.amount("mscale_all_dim");
        double found = scale == 0 || scaleOfAll == 0
                ? temperature(factor, 1)
                : temperature(factor, scale) / temperature(factor, scaleOfAll);
        return rope.positive("attention_factor", found);
    }

    private static double temperature(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    /**
     * The frequency of each pair.
     *
     * @param theta rope_theta
     * @param periods of the pairs as they were, a whole turn being 2 pi
     */
    float[] frequencies(double theta, float[] periods) {
        int size = 2 * periods.length;
        double low = pair(fast, theta, size);
        double high = pair(slow, theta, size);
        if (truncated) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, size - 1);
        if (low == high) {
            high += 0.001; // lest it divide by zero
        }
        float[] frequencies = new float[periods.length];
        for (int i = 0; i < frequencies.length; i++) {
            float kept = 1 - Math.max(0, Math.min(1, (i - (float) low) / (float) (high - low)));
            frequencies[i] = 1 / ((float) factor * periods[i]) * (1 - kept) + 1 / periods[i] * kept;
        }
        return frequencies;
    }

    /** Which pair turns that often within the original length; it need not be a whole number. */
    private double pair(double turns, double theta, int size) {
        return size * Math.log(length / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }
}
