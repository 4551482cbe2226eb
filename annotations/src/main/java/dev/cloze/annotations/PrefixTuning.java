package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a task tuned by {@link TuningMethod#PREFIX_TUNING}, and says how its prefixes are trained; how long they are is said by
 * {@link Tuning#promptLength}, 10 if left out.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PrefixTuning {

    /**
     * Whether keys and values are given by a small network while they are trained, which makes training from a random start
     * steadier; what is kept is the same.
     */
    boolean reparametrized() default true;

    /** The middle width of that network, 1 to 16,384; without it an error. */
    int middleSize() default 512;

    /**
     * A text whose own keys and values the prefixes start from, a place for each of its tokens, such as {@code "summarize"};
     * decoders only. Left out, they start at random.
     */
    String initialText() default "";
}
