package dev.cloze.runtime.backbone;

/**
 * The best tokens to go on with in one line of a text, the best first.
 *
 * @param tokens the ids
 * @param logs what each adds to the line's sum
 */
public record NextTokens(int[] tokens, double[] logs) {}
