package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a task a cloze, which ranks words by how probable they are at {@code {mask}} (Petroni et al. 2019, LAMA, arXiv
 * 1909.01066, section 4).
 *
 * <p>{@code @Template("The capital of {country} is {mask}.") @Candidates} ranks all whole words of the model; {@code
 * @Candidates({"Paris", "Rome", "New York"})} these alone.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Candidates {

    /**
     * The words that are ranked, at least two, each once; none for all whole words that the model has as one token, its
     * open vocabulary.
     */
    String[] value() default {};

    /** What becomes of a candidate that is several tokens of the model's vocabulary. */
    MultiTokenWords multiTokenWords() default MultiTokenWords.JOINT;

    /** How scores are calibrated: what the model says of a word whatever the text is is taken out. */
    Calibration calibration() default Calibration.NONE;
}
