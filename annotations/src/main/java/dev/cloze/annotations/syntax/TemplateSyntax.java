package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses a template's text into its parts; the compiler and the runtime both use this parser.
 *
 * <pre>
 * {title} {author.name}                  a component, getter or field path of the task class
 * {mask}                                 the position the label word stands at
 * {soft} {soft:5} {soft:"good movie"}    one, five, or as many virtual tokens as the text has
 * {special:"&lt;|im_start|&gt;"}         a special token of the model's own, as its tokenizer spells it
 * {sep}                                  the boundary between the two segments, once at most; a line break to a
 *                                        model that reads no segments
 * {body|lower|limit:110}                 a placeholder with filters, each a {@link Filter}
 * {body|spans}                           the text whose spans are labelled; {span} is then one of them
 * {{ }}                                  literal braces
 * </pre>
 *
 * <p>Nothing may stand in braces but what is shown: no spaces, no other characters. Inside the quotes of a {@code soft}
 * or {@code special} part braces are plain, and {@code \"} and {@code \\} are a quote and a backslash.
 */
public final class TemplateSyntax {

    /** The names in braces that are never placeholders. */
    public static final List<String> KEYWORDS = List.of("mask", "sep", "soft", "special");

    /** What stands in braces for a span that is asked about, in templates of tasks that label spans. */
    public static final String SPAN = "span";

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

    /**
     * The parts as a model reads them that has no token between segments, such as a decoder: the boundary, and any white
     * space around it, is a line break.
     */
    public static List<TemplatePart> inOneSegment(List<TemplatePart> parts) {
        int boundary = 0;
        while (boundary < parts.size() && !(parts.get(boundary) instanceof Separator)) {
            boundary++;
        }
        if (boundary == parts.size()) {
            return parts;
        }
        String before = textAt(boundary - 1, parts);
        String behind = textAt(boundary + 1, parts);
        int from = before.isEmpty() ? boundary : boundary - 1;
        int to = behind.isEmpty() ? boundary + 1 : boundary + 2;
        String line = before.stripTrailing() + "\n" + behind.stripLeading();
        List<TemplatePart> joined = new ArrayList<>(parts.subList(0, from));
        joined.add(new Text(line, parts.get(from).column()));
        joined.addAll(parts.subList(to, parts.size()));
        return List.copyOf(joined);
    }

    private static String textAt(int index, List<TemplatePart> parts) {
        return index >= 0 && index < parts.size() && parts.get(index) instanceof Text text ? text.text() : "";
    }
}
