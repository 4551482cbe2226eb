package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.Span;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What examples with spans must be, each with the sentence that says so. */
public final class SpanChecks {

    private SpanChecks() {}

    /**
     * Refuses examples without an input, and spans that are not of the text, of its whole words, or of the labels.
     *
     * @param text the text of an input whose spans are labelled, which an error calls as the second argument does
     * @param kind what to call them: {@code "training example"}
     * @throws ClozeException {@code INPUT_NULL}, {@code VERBALIZER_UNKNOWN_LABEL}, {@code SPAN_OUTSIDE}, {@code
     *     SPAN_WITHIN_WORD}, {@code SPAN_OVERLAP}
     */
    public static <I, L> void complete(
            List<? extends @Nullable Extracted<I, L>> examples,
            List<L> labels,
            BiFunction<? super I, String, String> text,
            String kind) {
        for (int i = 0; i < examples.size(); i++) {
            Extracted<I, L> example = examples.get(i);
            if (example == null || isWithoutInput(example)) {
                throw ExampleChecks.missing(kind, i, example == null ? "" : "'s input");
            }
            String called = kind + " " + (i + 1);
            check(example.spans(), labels, text.apply(example.input(), called), " of " + called);
        }
    }

    @SuppressWarnings("ConstantValue") // callers may not check for nulls
    private static boolean isWithoutInput(Extracted<?, ?> example) {
        return example.input() == null;
    }

    private static <L> void check(List<Span<L>> spans, List<L> labels, String text, String where) {
        List<Word> words = spans.isEmpty() ? List.of() : Words.of(text);
        for (Span<L> span : spans) {
            requireLabel(span, labels, where);
            requireInside(span, text, where);
            requireWords(span, words, text, where);
        }
        List<Span<L>> sorted =
                spans.stream().sorted(Comparator.comparingInt(Span::start)).toList();
        for (int i = 1; i < sorted.size(); i++) {
            requireApart(sorted.get(i - 1), sorted.get(i), text, where);
        }
    }

    @SuppressWarnings("ConstantValue") // callers may not check for nulls
    private static <L> void requireLabel(Span<L> span, List<L> labels, String where) {
        if (span.label() == null || !labels.contains(span.label())) {
            throw new ClozeException(
                    Problem.VERBALIZER_UNKNOWN_LABEL,
                    "The label " + span.label() + " of a span" + where
                            + " is not one of the task's labels.\n  They are: "
                            + labels.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static void requireInside(Span<?> span, String text, String where) {
        if (span.start() < 0 || span.end() > text.length() || span.start() >= span.end()) {
            throw new ClozeException(
                    Problem.SPAN_OUTSIDE,
                    "The span from " + span.start() + " to " + span.end() + where + " is not in its text, which has "
                            + text.length()
                            + " characters.\n  Places count the chars of the Java string from 0, and the"
                            + " end is the place behind the last one.\n  Correct the span, or leave it out.");
        }
    }

    private static void requireWords(Span<?> span, List<Word> words, String text, String where) {
        List<Word> touched = words.stream()
                .filter(word -> word.start() < span.end() && word.end() > span.start())
                .toList();
        if (touched.isEmpty()) {
            throw new ClozeException(
                    Problem.SPAN_OUTSIDE,
                    "The span from " + span.start() + " to " + span.end() + where
                            + " holds no word, only white space.\n  Correct the span, or leave it out.");
        }
        int start = touched.get(0).start();
        int end = touched.get(touched.size() - 1).end();
        if (start != span.start() || end != span.end()) {
            throw new ClozeException(
                    Problem.SPAN_WITHIN_WORD,
                    "The span \"" + shown(text, span.start(), span.end()) + "\" from " + span.start() + " to "
                            + span.end() + where + " does not begin and end with a word."
                            + "\n  A label is that of whole words, and those it touches are \""
                            + shown(text, start, end)
                            + "\".\n  Write " + start + " to " + end + ", or leave the span out.");
        }
    }

    private static void requireApart(Span<?> first, Span<?> second, String text, String where) {
        if (second.start() < first.end()) {
            throw new ClozeException(
                    Problem.SPAN_OVERLAP,
                    "The spans \"" + shown(text, first.start(), first.end()) + "\" from " + first.start() + " to "
                            + first.end() + " and \"" + shown(text, second.start(), second.end()) + "\" from "
                            + second.start() + " to " + second.end() + where
                            + " overlap.\n  A word belongs to one span at most: leave one of them out, or shorten it.");
        }
    }

    private static String shown(String text, int start, int end) {
        return ShortText.of(text.substring(start, end), 60);
    }
}
