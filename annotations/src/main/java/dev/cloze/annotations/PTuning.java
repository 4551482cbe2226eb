package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses {@link TuningMethod#P_TUNING}: virtual tokens among the words of the template, {@code {soft}}, are trained, with the
 * language model or, with {@code freezeBackbone} of {@link Tuning}, alone.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PTuning {

    /** The network that gives the virtual tokens' vectors in training. */
    enum Encoder {
        /**
         * An LSTM of two layers in both directions and two linear layers. It gives as many numbers as it takes, as in the paper's
         * knowledge probing; with {@link Compat#REFERENCE} twice as many, as in its SuperGLUE code.
         */
        LSTM,
        /** Two linear layers. */
        MLP,
        /** None: the vectors themselves are trained, and start as words of the vocabulary. */
        NONE
    }

    /** The network that gives the virtual tokens' vectors in training. */
    Encoder encoder() default Encoder.LSTM;

    /** Numbers of the LSTM's state in each direction, or between the linear layers; the published if left out, an error without either. */
    int hiddenSize() default 0;

    /**
     * The peak learning rate of the language model's weights where they are tuned too, above 0 and at most 1; the method has one
     * of its own. {@code learningRate} is the prompt's. With {@code freezeBackbone} it is an error.
     */
    double backboneLearningRate() default 0;
}
