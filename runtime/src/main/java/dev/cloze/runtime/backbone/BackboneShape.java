package dev.cloze.runtime.backbone;

/**
 * What those who use a backbone need to know of its sizes.
 *
 * @param vocabularySize V, rows of the word embedding
 * @param embeddingSize e, its columns
 * @param hiddenSize E
 * @param layers L, of the encoder or the decoder
 * @param keyValueHeads H, heads of the keys and values of a prefix
 * @param headSize D, their width
 * @param maxLength tokens a text may have, special tokens included; see {@link Backbone#readsLonger}
 * @param hiddenDropout the published rate in training, 0 to below 1
 * @param attentionDropout likewise, of attention weights
 */
public record BackboneShape(
        int vocabularySize,
        int embeddingSize,
        int hiddenSize,
        int layers,
        int keyValueHeads,
        int headSize,
        int maxLength,
        double hiddenDropout,
        double attentionDropout) {}
