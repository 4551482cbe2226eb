package dev.cloze.testkit.data;

/**
 * Two sentences and how alike they mean.
 *
 * @param score from 0, nothing alike, to 5, the same
 */
public record RatedPair(String first, String second, double score) {}
