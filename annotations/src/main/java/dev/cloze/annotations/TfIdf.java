package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has a task tuned by {@link TuningMethod#TF_IDF}, and says by which classifier. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface TfIdf {

    /** What learns the labels from the words' weights. */
    enum Classifier {
        /** Multinomial naive Bayes, each count smoothed by 1. */
        NAIVE_BAYES,
        /** Logistic regression with an L2 penalty, C = 1. */
        LOGISTIC_REGRESSION
    }

    /** What learns the labels from the words' weights. */
    Classifier classifier() default Classifier.NAIVE_BAYES;
}
