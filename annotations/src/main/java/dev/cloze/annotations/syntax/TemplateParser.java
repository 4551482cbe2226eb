package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.ArrayList;
import java.util.List;

/** Walks once over a template's text, left to right. */
final class TemplateParser {

    private static final String SPECIAL_CURE =
            "Write the token as the model's tokenizer spells it, in quotes: {special:\"<|im_start|>\"}.";

    private final String text;
    private final List<TemplatePart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int literalStart;
    private int at;
    private boolean separated;

    TemplateParser(String text) {
        this.text = text;
    }

    List<TemplatePart> parts() {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (text.startsWith("{{", at) || text.startsWith("}}", at)) {
                literal(next, 2);
            } else if (next == '{') {
                endLiteral();
                parts.add(inBraces());
            } else if (next == '}') {
                throw new TemplateSyntaxException(
                        "}", text, at + 1, "closes nothing", "Write }} for a literal closing brace.");
            } else {
                literal(next, 1);
            }
        }
        endLiteral();
        return List.copyOf(parts);
    }

    private void literal(char character, int written) {
        if (literal.isEmpty()) {
            literalStart = at;
        }
        literal.append(character);
        at += written;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Text(literal.toString(), literalStart + 1));
            literal.setLength(0);
        }
    }

    private TemplatePart inBraces() {
        if (QuotedText.begins("soft", text, at)) {
            return quotedSoft();
        }
        return QuotedText.begins("special", text, at) ? quotedSpecial() : braced();
    }

    /** Any part in braces but a quoted one; none has braces inside. */
    private TemplatePart braced() {
        int column = at + 1;
        int close = text.indexOf('}', at);
        int open = text.indexOf('{', at + 1);
        if (close < 0 || (open >= 0 && open < close)) {
            throw new TemplateSyntaxException(
                    text.substring(at, open < 0 ? text.length() : open),
                    text,
                    column,
                    "has no closing brace",
                    "Write } after the name, or {{ for a literal opening brace.");
        }
        String body = text.substring(at + 1, close);
        at = close + 1;
        String name = body.split("[:|]", 2)[0];
        return switch (name) {
            case "mask" -> alone(body, name, new Mask(column));
            case "sep" -> separator(alone(body, name, new Separator(column)));
            case "soft" -> soft(body, column);
            case "special" ->
                throw new TemplateSyntaxException(
                        "{" + body + "}", text, column, "names no special token", SPECIAL_CURE);
            default -> new PlaceholderParser(text).parse(body, column);
        };
    }

    private TemplatePart alone(String body, String name, TemplatePart part) {
        if (!body.equals(name)) {
            throw new TemplateSyntaxException(
                    "{" + body + "}",
                    text,
                    part.column(),
                    "takes neither a number nor a filter",
                    "Write {" + name + "}; filters belong to placeholders.");
        }
        return part;
    }

    private TemplatePart separator(TemplatePart part) {
        if (separated) {
            throw new TemplateSyntaxException(
                    "{sep}",
                    text,
                    part.column(),
                    "is the second one",
                    "A model reads two segments at most: write one {sep}.");
        }
        separated = true;
        return part;
    }

    private Soft soft(String body, int column) {
        String cure = "Write {soft}, {soft:N} with N from 1 to " + TemplateSyntax.MOST_VIRTUAL_TOKENS
                + ", or {soft:\"initial text\"}.";
        if (body.equals("soft")) {
            return new Soft(1, null, column);
        }
        int count = body.startsWith("soft:") ? WholeNumber.of(body.substring("soft:".length())) : 0;
        if (count < 1 || count > TemplateSyntax.MOST_VIRTUAL_TOKENS) {
            throw new TemplateSyntaxException("{" + body + "}", text, column, "is no run of virtual tokens", cure);
        }
        return new Soft(count, null, column);
    }

    /** Virtual tokens with initial text. */
    private Soft quotedSoft() {
        int start = at;
        QuotedText initial = QuotedText.read("soft", "initial text", text, start);
        at = initial.end();
        if (initial.text().isBlank()) {
            throw new TemplateSyntaxException(
                    text.substring(start, at),
                    text,
                    start + 1,
                    "has no initial text",
                    "Write a word or more in the quotes, or {soft} without any.");
        }
        return new Soft(0, initial.text(), start + 1);
    }

    private Special quotedSpecial() {
        int start = at;
        QuotedText token = QuotedText.read("special", "token", text, start);
        at = token.end();
        if (token.text().isEmpty()) {
            throw new TemplateSyntaxException(
                    text.substring(start, at), text, start + 1, "names no token", SPECIAL_CURE);
        }
        return new Special(token.text(), start + 1);
    }
}
