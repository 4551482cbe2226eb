package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a label the words that stand for it at the mask; a label's score is the mean of their raw logits.
 *
 * <p>Written on an enum constant, or inside {@link Verbalizer#value()} or {@link Template#words()} with the label's name,
 * where it wins.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LabelWords {

    /** One or more words, each unlike every other of the task. */
    String[] value();

    /** The enum constant's name; needed inside {@link Verbalizer#value()} and {@link Template#words()} only. */
    String label() default "";
}
