package dev.cloze.runtime.data;

/**
 * A word of a text.
 *
 * @param start its first character's place, from 0
 * @param end the place behind its last character
 */
public record Word(int start, int end) {}
