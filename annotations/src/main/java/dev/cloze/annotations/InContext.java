package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses {@link TuningMethod#IN_CONTEXT}: the pretrained model reads labelled examples before the input, and nothing is
 * trained. Options that are left out are the method's; see {@link dev.cloze.annotations.option.InContextOptions}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface InContext {

    /** Demonstrations of a label at most, 1 to 1,000; there are as many as have room. */
    int demonstrations() default 8;

    /** Sets of demonstrations that an input is read with, 1 to 1,000; its scores are their mean. */
    int sets() default 1;

    /** Tokens of each text of the input that is not {@code fixed}; 110, or half of what fixed text leaves, if left out. */
    int inputLimit() default 0;

    /** Tokens of each text of a demonstration; 50, or as many as have room, if left out. */
    int demonstrationLimit() default 0;

    /**
     * A model's name or folder, such as a sentence encoder's ({@code sentence-transformers/all-MiniLM-L6-v2}): each input is read
     * with the examples most like it by its vectors, the likest last. They are drawn by the seed if left out.
     */
    String similarity() default "";
}
