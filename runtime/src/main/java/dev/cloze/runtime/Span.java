package dev.cloze.runtime;

/**
 * A part of a text with its label.
 *
 * @param start the place of its first {@code char} in the text, from 0
 * @param end the place behind its last
 * @param label what it is
 */
public record Span<L>(int start, int end, L label) {}
