package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a text task: says how an instance of it becomes the text a language model reads.
 *
 * <p>The text names components of the class in braces and the place of the answer as {@code {mask}}:
 * {@code @Template("{title} {body} It was {mask}.")}. The whole grammar is in {@link
 * dev.cloze.annotations.syntax.TemplateSyntax}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Template {

    /** The template text, with exactly one {@code {mask}} for a classification task. */
    String value();
}
