package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a task a classification, which reads its answer at {@code {mask}}: names the labels and, through their words, what
 * the model says for each.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Verbalizer {

    /** The enum whose constants are the labels, at least two. */
    Class<? extends Enum<?>> labels();

    /** Label words of this task; they win over those written on the enum's constants. */
    LabelWords[] value() default {};

    /** What becomes of a label word that is several tokens of the model's vocabulary. */
    MultiTokenWords multiTokenWords() default MultiTokenWords.JOINT;

    /** How the scores are freed from the bias the model has without any input. */
    Calibration calibration() default Calibration.NONE;
}
