package dev.cloze.runtime.verbalizer;

/**
 * What a model says at its masks.
 *
 * @param values [text][mask][token]: raw logits, or log-probabilities over the whole vocabulary
 */
public record MaskScores(float[][][] values) {}
