package dev.cloze.runtime.tuning;

/**
 * A span that was found.
 *
 * @param probability of these places with this label, 0 to 1
 */
public record ScoredSpan(LabeledSpan span, double probability) {}
