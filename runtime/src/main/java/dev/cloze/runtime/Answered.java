package dev.cloze.runtime;

/**
 * An input with its right word.
 *
 * @param input an instance of the task class
 * @param answer the word that belongs at the mask
 */
public record Answered<I>(I input, String answer) {}
