package dev.cloze.processor.model;

import dev.cloze.processor.report.Place;

/**
 * A value of an annotation.
 *
 * @param name as the annotation has it
 * @param isWritten whether the user wrote it, rather than leaving the default
 * @param place of the value, or of the annotation where it is left out
 */
public record Written<T>(String name, T value, boolean isWritten, Place place) {}
