package dev.cloze.runtime.tuning;

/** A product that chooses labels. */
public interface LabelProduct extends Product, LabelAnswers {}
