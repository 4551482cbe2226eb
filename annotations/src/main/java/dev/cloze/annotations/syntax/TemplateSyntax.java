package dev.cloze.annotations.syntax;

import java.util.List;

/**
 * Parses a template's text into its parts; the compiler and the runtime both use this parser.
 *
 * <pre>
 * {title} {author.name}                  a component, getter or field path of the task class
 * {mask}                                 the position the label word stands at
 * {soft} {soft:5} {soft:"good movie"}    one, five, or text-initialised virtual tokens
 * {sep}                                  the boundary between the two segments, once at most
 * {body|lower|limit:110}                 a placeholder with filters, each a {@link Filter}
 * {{ }}                                  literal braces
 * </pre>
 *
 * <p>Nothing may stand in braces but what is shown: no spaces, no other characters. Inside the quotes of a {@code soft}
 * part braces are plain, and {@code \"} and {@code \\} are a quote and a backslash.
 */
public final class TemplateSyntax {

    /** The names in braces that are never placeholders. */
    public static final List<String> KEYWORDS = List.of("mask", "sep", "soft");

    /** The most virtual tokens one part may ask for. */
    public static final int MOST_VIRTUAL_TOKENS = 4096;

    /** The highest number {@code limit} takes. */
    public static final int HIGHEST_LIMIT = 100_000;

    private TemplateSyntax() {}

    /**
     * The parts of a template in the order written; neighbouring plain text is one part.
     *
     * @throws TemplateSyntaxException naming the first part that breaks the grammar, with its column
     */
    public static List<TemplatePart> parse(String text) {
        return new TemplateParser(text).parts();
    }
}
