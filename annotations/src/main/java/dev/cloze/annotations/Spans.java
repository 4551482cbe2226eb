package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a task that labels spans which of them are asked about, and what the model says at {@code {mask}} of one that has no
 * label; for methods that ask about each span by a template (Cui et al. 2021, TemplateNER, arXiv 2106.01760).
 *
 * <p>{@code @Template("{body|spans} {span} is a {mask} name.") @Verbalizer(labels = Slot.class) @Spans(none = "wrong")} asks about
 * every run of up to eight words. Methods that tag tokens need none of it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Spans {

    /** One or more words that stand at {@code {mask}} where a span has no label. */
    String[] none();

    /** Words of a span at most, 1 to 64: all runs of so many words are asked about. */
    int longest() default 8;

    /** Spans without a label that are learned from for each one with a label, above 0 and at most 100. */
    double negatives() default 1.5;
}
