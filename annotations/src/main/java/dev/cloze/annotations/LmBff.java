package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses {@link TuningMethod#LM_BFF}: prompt-based fine-tuning in which each text is read with an example of every label.
 * Options that are left out are the method's; see {@link dev.cloze.annotations.option.LmBffOptions}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface LmBff {

    /** Sets of demonstrations that an input is read with, 1 to 1,000; its scores are their mean. */
    int sets() default 16;

    /** The same where the development set is measured in training. */
    int devSets() default 4;

    /** Tokens of each text of the input that is not {@code fixed}; 110, or half of what fixed text leaves, if left out. */
    int inputLimit() default 0;

    /** Tokens of each text of a demonstration; 50, or as many as have room, if left out. */
    int demonstrationLimit() default 0;

    /**
     * A model's name or folder, such as a sentence encoder's ({@code sentence-transformers/all-MiniLM-L6-v2}): demonstrations are
     * drawn among the half of each label's share of the examples that is most like the input by its vectors. Among all if left out.
     */
    String similarity() default "";
}
