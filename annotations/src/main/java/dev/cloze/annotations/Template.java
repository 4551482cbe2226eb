package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a text task: says how an instance of it becomes the text a language model reads.
 *
 * <p>The text names components of the class in braces. What the model is to do follows from what is written: with
 * {@code {mask}} and a {@link Verbalizer} it chooses a label by the word it would say at the mask, {@code
 * @Template("{title} {body} It was {mask}.")}; with {@code {mask}} and a {@link Scale} it gives a number by two words; with
 * {@code {mask}} and {@link Candidates} it ranks words; with a placeholder like {@code {body|spans}} and a {@link Verbalizer} it
 * labels spans of that text; without a mask it writes the text that follows, {@code @Template("{title} {body} In short:")}. The
 * whole grammar is in {@link dev.cloze.annotations.syntax.TemplateSyntax}.
 *
 * <p>Written several times, each is a pattern, for methods that learn from several; without training, the mean of their
 * scores decides.
 */
@Documented
@Repeatable(Templates.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Template {

    /** The template text, with exactly one {@code {mask}} or, where a text is to be written, none. */
    String value();

    /**
     * The label words of this template, of every label; they win over all others. Left out, the words of {@link
     * Verbalizer} and of the enum's constants are its words.
     */
    LabelWords[] words() default {};
}
