package dev.cloze.processor.model;

import dev.cloze.processor.report.Place;

/**
 * A value of an annotation.
 *
 * @param name as the annotation has it
 * @param written whether the user wrote it, rather than leaving the default
 * @param place of the value, or of the annotation where it is left out
 */
public record Option<T>(String name, T value, boolean written, Place place) {}
