package dev.cloze.annotations.syntax;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says which part of a template breaks the grammar, where it stands, and what to write instead. */
public final class TemplateSyntaxException extends ClozeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 40;

    private final String part;
    private final int column;

    /**
     * Reads as {@code "part" at column 7 what.}, and below it the lines that say what to write.
     *
     * @param template the whole text
     * @param column the place of the part's first character in the template text, from 1
     */
    TemplateSyntaxException(String part, String template, int column, String what, String... cure) {
        super(
                Problem.TEMPLATE_SYNTAX,
                "\"" + shown(part) + "\" at " + TemplateColumn.in(template, column) + " " + what + "." + lines(cure));
        this.part = part;
        this.column = column;
    }

    /** The offending text as it stands in the template. */
    public String part() {
        return part;
    }

    /** The place of its first character in the template text, from 1, counted in Java characters. */
    public int column() {
        return column;
    }

    private static String lines(String... cure) {
        return Arrays.stream(cure)
                .filter(line -> !line.isEmpty())
                .map(line -> "\n  " + line)
                .collect(Collectors.joining());
    }

    /** The part on one line, without characters a terminal would act on, shortened at its end. */
    private static String shown(String part) {
        StringBuilder shown = new StringBuilder();
        part.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .forEach(shown::appendCodePoint);
        int length = shown.codePointCount(0, shown.length());
        if (length <= LONGEST_QUOTE) {
            return shown.toString();
        }
        int cut = shown.offsetByCodePoints(0, LONGEST_QUOTE - 3);
        return shown.substring(0, cut) + "...";
    }
}
