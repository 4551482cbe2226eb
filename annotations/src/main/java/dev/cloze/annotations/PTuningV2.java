package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a task tuned by {@link TuningMethod#P_TUNING_V2}, and says how its prefixes are trained; how long they are is said by
 * {@link Tuning#promptLength}, 20 if left out.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PTuningV2 {

    /** Whether keys and values are given by a small network while they are trained; what is kept is the same. */
    boolean reparametrized() default false;

    /** The middle width of that network, 1 to 16,384; without it an error. */
    int middleSize() default 512;

    /** Which hidden states the head reads. */
    FineTuning.Pooling pooling() default FineTuning.Pooling.PUBLISHED;
}
