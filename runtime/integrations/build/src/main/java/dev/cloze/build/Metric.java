package dev.cloze.build;

/** What a bar is of; the bar is 0 to 1. */
public enum Metric {
    /** Of a task that chooses labels: the share of right ones. */
    ACCURACY("an accuracy"),
    /** Of a task that chooses labels: the mean F1 of the labels that are given or predicted. */
    MACRO_F1("a macro-F1"),
    /** Of a task that gives numbers: Pearson's correlation with the right ones. */
    PEARSON("a Pearson correlation"),
    /** Of a task that gives numbers: Spearman's correlation with the right ones. */
    SPEARMAN("a Spearman correlation"),
    /** Of a task that ranks words: the share of examples whose right word is the first. */
    PRECISION_AT_1("a P@1"),
    /** Of a task that ranks words: the mean of 1 / the rank of the right word. */
    MRR("a mean reciprocal rank");

    private final String words;

    Metric(String words) {
        this.words = words;
    }

    /** {@code an accuracy}. */
    String words() {
        return words;
    }
}
