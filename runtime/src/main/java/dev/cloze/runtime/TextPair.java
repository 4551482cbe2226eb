package dev.cloze.runtime;

/**
 * An input with the text that is to be written for it.
 *
 * @param input an instance of the task class
 * @param target the text
 * @param <I> the task class
 */
public record TextPair<I>(I input, String target) {}
