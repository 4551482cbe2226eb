package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a task a regression, which reads a number at {@code {mask}}: how much more probable the word of the scale's upper end is
 * there than that of its lower end (Gao et al. 2021, LM-BFF, arXiv 2012.15723, on regression).
 *
 * <p>{@code @Template("{first} {mask}, {second}") @Scale(from = 0, to = 5, low = "No", high = "Yes")} says how alike two
 * sentences are, from 0 to 5.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Scale {

    /** The lower end, a finite number. */
    double from();

    /** The upper end, a finite number above {@link #from}. */
    double to();

    /** What the model says at {@code {mask}} for the lower end. */
    String low();

    /** What the model says at {@code {mask}} for the upper end. */
    String high();

    /** What becomes of a word that is several tokens of the model's vocabulary. */
    MultiTokenWords multiTokenWords() default MultiTokenWords.JOINT;

    /** How the words' scores are freed from the bias the model has without any input. */
    Calibration calibration() default Calibration.NONE;
}
