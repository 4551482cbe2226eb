package dev.cloze.runtime.backbone;

/**
 * The best ways to go on with the beams of each prompt, the best first.
 *
 * @param each how many there are for each prompt; the arrays have those of prompt p from {@code p * each} on
 * @param sums the log-probabilities of all their tokens, minus infinity for what is blocked
 * @param rows which of the prompt's rows they continue, from 0
 * @param tokens with which token
 */
public record Continuations(int each, float[] sums, int[] rows, int[] tokens) {}
