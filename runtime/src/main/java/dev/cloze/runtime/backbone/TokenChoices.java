package dev.cloze.runtime.backbone;

/**
 * One token a row.
 *
 * @param tokens the ids
 * @param logProbabilities what the model gives them, before anything was blocked, cut off or made warmer; minus infinity
 *     where everything was blocked
 */
public record TokenChoices(int[] tokens, double[] logProbabilities) {}
