package dev.cloze.build;

import dev.cloze.runtime.Evaluation;
import java.util.Locale;

/** What a bar is of; each is 0 to 1. */
public enum Metric {
    /** The share of right labels. */
    ACCURACY("an accuracy"),
    /** The mean F1 of the labels that are given or predicted. */
    MACRO_F1("a macro-F1");

    private final String words;

    Metric(String words) {
        this.words = words;
    }

    double of(Evaluation<?> evaluation) {
        return this == ACCURACY ? evaluation.accuracy() : evaluation.macroF1();
    }

    /** {@code an accuracy of 0.7500}. */
    String said(Evaluation<?> evaluation) {
        return words + " of " + String.format(Locale.ROOT, "%.4f", of(evaluation));
    }
}
