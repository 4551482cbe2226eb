package dev.cloze.runtime.backbone.encoder;

import dev.cloze.runtime.backbone.Activation;

/**
 * The numbers that shape an encoder, whichever family it is of.
 *
 * @param vocabularySize V, rows of the word embedding
 * @param embeddingSize e, its columns
 * @param hiddenSize E
 * @param layers L, how many layers a text passes
 * @param layerOrder which set of weights each of them uses (ALBERT shares them)
 * @param heads H
 * @param intermediateSize F
 * @param maxPositions rows of the position embedding
 * @param positionOffset the first token's position
 * @param segments rows of the segment embedding, 0 where the family has none
 * @param activation the feed-forward's activation
 * @param headActivation the masked-LM head's
 * @param epsilon of every layer norm
 * @param hiddenDropout rate in training, 0 to below 1
 * @param attentionDropout likewise, of attention weights
 * @param tied whether the head's decoder is the word embedding
 */
public record EncoderConfig(
        int vocabularySize,
        int embeddingSize,
        int hiddenSize,
        int layers,
        int[] layerOrder,
        int heads,
        int intermediateSize,
        int maxPositions,
        int positionOffset,
        int segments,
        Activation activation,
        Activation headActivation,
        double epsilon,
        double hiddenDropout,
        double attentionDropout,
        boolean tied) {

    /** How many tokens a text may have, special tokens included. */
    public int maxLength() {
        return maxPositions - positionOffset;
    }

    /** How many sets of layer weights there are. */
    public int layerSets() {
        int most = 0;
        for (int set : layerOrder) {
            most = Math.max(most, set + 1);
        }
        return most;
    }
}
