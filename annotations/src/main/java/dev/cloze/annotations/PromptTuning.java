package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses {@link TuningMethod#PROMPT_TUNING}: virtual tokens before the input are trained, and nothing else. How many they are
 * says {@code promptLength} of {@link Tuning}, 20 if left out; they count among the tokens of an input.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PromptTuning {

    /** What the virtual tokens are before the first step. */
    enum Start {
        /** The label words, one each, and where they are fewer words drawn from the vocabulary. */
        LABEL_WORDS,
        /** Words drawn from the first 5,000 of the vocabulary, none twice. */
        VOCABULARY,
        /** Numbers drawn from -0.5 to 0.5 alike; with {@link Compat#REFERENCE} from 0 to 0.5. */
        RANDOM
    }

    /** What moves the virtual tokens. */
    enum Optimizer {
        /** AdamW, at a rate that falls. */
        ADAMW,
        /** Adafactor as the authors use it: no first moment, nothing factored or scaled by the weights; at a constant rate. */
        ADAFACTOR
    }

    /** What the virtual tokens are before the first step; where {@link #text} is written, that counts. */
    Start start() default Start.LABEL_WORDS;

    /** A text whose tokens the virtual tokens start as, from its beginning, again and again until they are enough. */
    String text() default "";

    /** What moves the virtual tokens. */
    Optimizer optimizer() default Optimizer.ADAMW;
}
