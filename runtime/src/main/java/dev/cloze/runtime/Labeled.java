package dev.cloze.runtime;

/**
 * An input with its right answer.
 *
 * @param input an instance of the task class
 * @param label one of the task's labels
 */
public record Labeled<I, L>(I input, L label) {}
