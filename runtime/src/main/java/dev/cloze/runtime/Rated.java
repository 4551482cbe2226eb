package dev.cloze.runtime;

/**
 * An input with its right value.
 *
 * @param input an instance of the task class
 * @param value a number on the task's scale
 */
public record Rated<I>(I input, double value) {}
