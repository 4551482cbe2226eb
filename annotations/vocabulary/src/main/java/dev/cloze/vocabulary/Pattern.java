package dev.cloze.vocabulary;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;

/** Finds the delimiters of a text. */
@FunctionalInterface
interface Pattern {

    /** Part of a text, from start to end (exclusive), that is a delimiter or lies between two. */
    record Span(int start, int end, boolean delimiter) {}

    /** Spans that cover the text without gap or overlap; none is empty. */
    List<Span> spans(String text);

    /** Delimiters and what is between them change places. */
    default Pattern inverted() {
        return text -> spans(text).stream()
                .map(span -> new Span(span.start, span.end, !span.delimiter))
                .toList();
    }

    /** The whole text of each piece is split by this pattern. */
    default PreTokenizer splitting(Behavior behavior) {
        return (piece, place) -> {
            List<Piece> parts = new ArrayList<>();
            for (Span span : behavior.arrange(spans(piece.text()))) {
                parts.add(new Piece(piece.text().substring(span.start, span.end), piece.first() && span.start == 0));
            }
            return parts;
        };
    }

    /** Each character of the class by itself. */
    static Pattern characters(IntPredicate delimiter) {
        return text -> {
            List<Span> spans = new ArrayList<>();
            int between = 0;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                int next = i + Character.charCount(c);
                if (delimiter.test(c)) {
                    add(spans, between, i, false);
                    add(spans, i, next, true);
                    between = next;
                }
                i = next;
            }
            add(spans, between, text.length(), false);
            return spans;
        };
    }

    /** Each match of the expression. */
    static Pattern regex(java.util.regex.Pattern compiled) {
        return text -> Watched.match(compiled, text, matcher -> spans(matcher, text));
    }

    private static List<Span> spans(Matcher matcher, String text) {
        List<Span> spans = new ArrayList<>();
        int between = 0;
        while (matcher.find()) {
            add(spans, between, matcher.start(), false);
            add(spans, matcher.start(), matcher.end(), true);
            between = matcher.end();
        }
        add(spans, between, text.length(), false);
        return spans;
    }

    /** The expression of a field {@code {"String": ...}} or {@code {"Regex": ...}}. */
    static java.util.regex.Pattern expression(Fields fields) {
        JsonObject pattern = fields.required("pattern").getAsJsonObject();
        if (pattern.has("String")) {
            return java.util.regex.Pattern.compile(
                    pattern.get("String").getAsString(), java.util.regex.Pattern.LITERAL);
        }
        return LibraryRegex.compile(Fields.of(fields.section(), pattern).text("Regex"));
    }

    private static void add(List<Span> spans, int start, int end, boolean delimiter) {
        if (end > start) {
            spans.add(new Span(start, end, delimiter));
        }
    }
}
