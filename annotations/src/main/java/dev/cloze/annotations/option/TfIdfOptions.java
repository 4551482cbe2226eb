package dev.cloze.annotations.option;

import dev.cloze.annotations.TfIdf;
import dev.cloze.annotations.TuningMethod;
import java.util.List;

/** The options that {@link TfIdf} has, by the names of its members. */
public final class TfIdfOptions {

    /** What learns the labels. */
    public static final Option<TfIdf.Classifier> CLASSIFIER = Option.<TfIdf.Classifier>of(
                    "classifier",
                    TfIdf.Classifier.class,
                    TfIdf.Classifier.NAIVE_BAYES,
                    Range.any("NAIVE_BAYES or LOGISTIC_REGRESSION"),
                    "What learns the labels from the words' weights.")
            .of(row -> row.method() == TuningMethod.TF_IDF);

    /** All of them, in the order of the pages. */
    public static final List<Option<?>> ALL = List.of(CLASSIFIER);

    private TfIdfOptions() {}
}
