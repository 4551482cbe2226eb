package dev.cloze.runtime.tuning;

/**
 * What is said of one input.
 *
 * @param value a number
 * @param cut whether a part of the input was left out for want of room
 */
public record ValueAnswer(double value, boolean cut) {}
