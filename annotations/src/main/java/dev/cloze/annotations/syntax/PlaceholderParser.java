package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.Filter.Limit;
import dev.cloze.annotations.syntax.Filter.Plain;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.problem.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what stands in the braces of a placeholder: {@code author.name|lower|limit:110}. */
final class PlaceholderParser {

    private static final List<String> FILTERS = Stream.concat(
                    Stream.of("limit"), Arrays.stream(Plain.values()).map(Plain::written))
            .toList();

    private final String template;

    /** Of a placeholder of this template. */
    PlaceholderParser(String template) {
        this.template = template;
    }

    /** The placeholder of this body, whose opening brace stands at the column. */
    Placeholder parse(String body, int column) {
        String[] pieces = body.split("\\|", -1);
        requirePath(pieces[0], body, column);
        List<Filter> filters = new ArrayList<>();
        int at = column + 1 + pieces[0].length() + 1;
        for (String piece : Arrays.asList(pieces).subList(1, pieces.length)) {
            filters.add(agreeing(filter(piece, at), filters, piece, at));
            at += piece.length() + 1;
        }
        return new Placeholder(pieces[0], filters, column);
    }

    private void requirePath(String path, String body, int column) {
        for (String component : path.split("\\.", -1)) {
            if (!isIdentifier(component)) {
                throw new TemplateSyntaxException(
                        "{" + body + "}",
                        template,
                        column,
                        "names no component",
                        "Write a component of the task class, {title} or {author.name}, without spaces; or {{ and }} for"
                                + " literal braces.");
            }
        }
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .allMatch(c -> Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private Filter filter(String piece, int column) {
        String name = piece.split(":", 2)[0];
        if (name.equals("limit")) {
            return limit(piece, column);
        }
        Plain plain = Arrays.stream(Plain.values())
                .filter(one -> one.written().equals(name))
                .findFirst()
                .orElseThrow(() -> new TemplateSyntaxException(
                        piece,
                        template,
                        column,
                        "is no filter",
                        NearestName.suggestion(name, FILTERS),
                        "The filters are " + String.join(", ", FILTERS) + "."));
        if (!piece.equals(name)) {
            throw new TemplateSyntaxException(piece, template, column, "takes no number", "Write |" + name + ".");
        }
        return plain;
    }

    private Limit limit(String piece, int column) {
        int tokens = piece.startsWith("limit:") ? WholeNumber.of(piece.substring("limit:".length())) : 0;
        if (tokens < 1 || tokens > TemplateSyntax.HIGHEST_LIMIT) {
            throw new TemplateSyntaxException(
                    piece,
                    template,
                    column,
                    "has no number of tokens",
                    "Write |limit:N with N from 1 to " + TemplateSyntax.HIGHEST_LIMIT + ".");
        }
        return new Limit(tokens);
    }

    /** The filter, unless an earlier one says the same or the opposite. */
    private Filter agreeing(Filter filter, List<Filter> earlier, String piece, int column) {
        for (Filter other : earlier) {
            if (other.getClass().equals(filter.getClass()) && (filter instanceof Limit || other.equals(filter))) {
                throw new TemplateSyntaxException(
                        piece, template, column, "is written twice", "Write each filter once.");
            }
            if (filter == Plain.SPANS || other == Plain.SPANS) {
                throw new TemplateSyntaxException(
                        piece,
                        template,
                        column,
                        "stands beside another filter",
                        "Write |spans alone: the places of spans are those of the text as it is, and all of it is read.");
            }
            Set<Filter> both = Set.of(filter, other);
            if (Set.of(Plain.HEAD, Plain.TAIL, Plain.FIXED).containsAll(both)) {
                throw new TemplateSyntaxException(
                        piece,
                        template,
                        column,
                        "contradicts an earlier filter",
                        "Write one of head, tail and fixed: which end is cut, or that none is.");
            }
        }
        return filter;
    }
}
