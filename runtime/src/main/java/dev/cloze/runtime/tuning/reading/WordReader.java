package dev.cloze.runtime.tuning.reading;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.template.TextFilters;
import dev.cloze.vocabulary.TokenShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads inputs as words, cut where they are too long as templates cut tokens: always the longest placeholder gives. */
public final class WordReader {

    private final PlaceholderReading reading;
    private final List<Placeholder> placeholders;
    private final boolean[] mayGive;
    private final int maxWords;

    /** @param maxWords of an input at most; {@link Integer#MAX_VALUE} cuts nothing */
    public WordReader(PlaceholderReading reading, int maxWords) {
        this.reading = reading;
        this.placeholders = reading.segments().stream().flatMap(List::stream).toList();
        this.mayGive = new boolean[placeholders.size()];
        for (int i = 0; i < mayGive.length; i++) {
            mayGive[i] = !placeholders.get(i).filters().contains(Filter.Plain.FIXED);
        }
        this.maxWords = maxWords;
    }

    /**
     * An input's words.
     *
     * @param segments the words of each segment in order
     * @param cut whether some were left out for want of room
     */
    public record Words(List<List<String>> segments, boolean cut) {}

    /**
     * Reads one input.
     *
     * @param values the texts of its placeholders, by path
     * @throws ClozeException {@code INPUT_TOO_LONG} where what is {@code fixed} alone is too long, {@code
     *     TEMPLATE_UNKNOWN_PLACEHOLDER} where a placeholder has no text
     */
    public Words read(Map<String, String> values) {
        List<List<String>> texts = placeholders.stream()
                .map(placeholder ->
                        kept(TextWords.of(TextFilters.text(placeholder, values)), limit(placeholder), placeholder))
                .toList();
        int[] lengths = texts.stream().mapToInt(List::size).toArray();
        int excess = Math.max(0, Arrays.stream(lengths).sum() - maxWords);
        int missing = TokenShares.shorten(lengths, mayGive, excess);
        if (missing > 0) {
            throw new ClozeException(
                    Problem.INPUT_TOO_LONG,
                    "What may not be cut has " + (maxWords + missing) + " words, but an input may have " + maxWords
                            + ".\n  Shorten the text, take the filter \"fixed\" away or add \"limit:N\", or raise maxLength.");
        }
        return new Words(segments(texts, lengths), excess > 0);
    }

    private static int limit(Placeholder placeholder) {
        return placeholder.filters().stream()
                .mapToInt(filter -> filter instanceof Filter.Limit limit ? limit.tokens() : Integer.MAX_VALUE)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** The first of these words, or the last where the placeholder keeps its end. */
    private static List<String> kept(List<String> words, int most, Placeholder placeholder) {
        int count = Math.min(most, words.size());
        return placeholder.filters().contains(Filter.Plain.HEAD)
                ? words.subList(words.size() - count, words.size())
                : words.subList(0, count);
    }

    private List<List<String>> segments(List<List<String>> texts, int[] lengths) {
        List<List<String>> segments = new ArrayList<>();
        int next = 0;
        for (List<Placeholder> segment : reading.segments()) {
            List<String> words = new ArrayList<>();
            for (Placeholder placeholder : segment) {
                words.addAll(kept(texts.get(next), lengths[next], placeholder));
                next++;
            }
            segments.add(words);
        }
        return segments;
    }
}
