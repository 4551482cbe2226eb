package dev.cloze.runtime.tuning;

/**
 * A span with its label, as methods see it.
 *
 * @param start the place of its first char in the text
 * @param end the place behind its last
 * @param label the index of its label
 */
public record LabeledSpan(int start, int end, int label) {}
