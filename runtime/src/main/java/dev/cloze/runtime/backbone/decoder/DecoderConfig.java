package dev.cloze.runtime.backbone.decoder;

import dev.cloze.runtime.backbone.Activation;
import dev.cloze.runtime.backbone.BackboneShape;

/**
 * The numbers that shape a decoder, whichever family it is of.
 *
 * @param vocabularySize V, rows of the word embedding
 * @param hiddenSize E
 * @param layers L
 * @param heads H, of queries
 * @param keyValueHeads K, of keys and values; each serves H / K of the queries'
 * @param headSize D
 * @param intermediateSize F
 * @param maxLength tokens a text may have, special tokens included
 * @param rotary how positions turn queries and keys; without frequencies where positions are embedded
 * @param norm how layers normalise
 * @param gated whether the feed-forward is gated (SwiGLU)
 * @param activation its activation
 * @param epsilon of every norm
 * @param scaled whether attention is scaled by 1 / sqrt(D)
 * @param dropouts rates in training
 * @param tied whether the head's decoder is the word embedding
 * @param endTokens tokens that end a text
 */
public record DecoderConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int intermediateSize,
        int maxLength,
        Rotary rotary,
        Norm norm,
        boolean gated,
        Activation activation,
        double epsilon,
        boolean scaled,
        Dropouts dropouts,
        boolean tied,
        int[] endTokens) {

    /** How layers normalise. */
    public enum Norm {
        /** By mean and variance, with a shift. */
        LAYER,
        /** By the root mean square (Zhang and Sennrich 2019, arXiv 1910.07467). */
        RMS
    }

    /**
     * Rotary positions (Su et al. 2021, arXiv 2104.09864), of pairs D / 2 apart, as Hugging Face has them; in the paper they are
     * neighbours.
     *
     * @param frequencies of each of D / 2 pairs, in radians a position; none where positions are embedded
     * @param attentionFactor by which turned queries and keys are multiplied; 1 but for YaRN
     */
    public record Rotary(float[] frequencies, double attentionFactor) {

        /** Positions are embedded instead. */
        public static final Rotary NONE = new Rotary(new float[0], 1);
    }

    /**
     * Published rates, 0 to below 1.
     *
     * @param embedding of the embeddings' sum
     * @param hidden of what attention and feed-forward add
     * @param attention of attention weights
     */
    public record Dropouts(double embedding, double hidden, double attention) {}

    /** The sizes that any backbone has. */
    BackboneShape shape() {
        return new BackboneShape(
                vocabularySize,
                hiddenSize,
                hiddenSize,
                layers,
                keyValueHeads,
                headSize,
                maxLength,
                dropouts.hidden(),
                dropouts.attention());
    }

    /** Rows of the query-key-value matrix. */
    public int joinedRows() {
        return (heads + 2 * keyValueHeads) * headSize;
    }
}
