package dev.cloze.processor.model;

import dev.cloze.annotations.Spans;
import dev.cloze.processor.report.Place;

/**
 * Which spans are asked about, as {@link Spans} says it.
 *
 * @param none the words of spans without a label, as a label of that name
 * @param longest words of a span at most
 * @param negatives spans without a label that are learned from for each one with a label
 * @param place the annotation
 */
public record SpansModel(LabelModel none, Written<Integer> longest, Written<Double> negatives, Place place) {}
