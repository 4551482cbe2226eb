package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.List;

/** Where something stands in a template, in the words of messages: {@code column 7}, {@code column 13 of line 2}. */
public final class TemplateColumn {

    private TemplateColumn() {}

    /** The place of this column of a template's text, from 1, with its line where there are lines before it. */
    public static String in(String template, int column) {
        String before = template.substring(0, Math.max(0, Math.min(column - 1, template.length())));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return line == 1
                ? "column " + column
                : "column " + (column - 1 - before.lastIndexOf('\n')) + " of line " + line;
    }

    /** The place of a part among those that it was parsed with. */
    public static String of(TemplatePart part, List<TemplatePart> parts) {
        StringBuilder template = new StringBuilder(" ".repeat(Math.max(0, part.column())));
        for (TemplatePart other : parts) {
            if (other instanceof Text text) {
                writeLines(text, template);
            }
        }
        return in(template.toString(), part.column());
    }

    /** Its line breaks where they are written; braces are written twice. */
    private static void writeLines(Text text, StringBuilder template) {
        int at = text.column() - 1;
        for (char c : text.text().toCharArray()) {
            if (c == '\n' && at >= 0 && at < template.length()) {
                template.setCharAt(at, c);
            }
            at += c == '{' || c == '}' ? 2 : 1;
        }
    }
}
