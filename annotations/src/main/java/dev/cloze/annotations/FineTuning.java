package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has a task tuned by {@link TuningMethod#FINE_TUNING}, and says what its head reads. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface FineTuning {

    /** Which hidden states stand for a text. */
    enum Pooling {
        /**
         * Those that the model's published classifiers read: of an encoder the first token's, through a pooler where the
         * architecture has one; of a decoder the last token's; of an encoder-decoder that at the end of the decoder's text.
         */
        PUBLISHED,
        /** The mean over all tokens, of an encoder-decoder its encoder's; no layer stands between it and the labels. */
        MEAN
    }

    /** Which hidden states stand for a text. */
    Pooling pooling() default Pooling.PUBLISHED;
}
