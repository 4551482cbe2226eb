package dev.cloze.runtime.tuning;

import dev.cloze.runtime.metric.SpanCounts;
import java.util.List;
import java.util.Map;

/**
 * Examples with spans as methods see them.
 *
 * @param inputs for each, the text of every placeholder by path
 * @param spans for each, its spans from the beginning of a word to the end of one, in the order of the text
 */
public record SpanValues(List<Map<String, String>> inputs, List<List<LabeledSpan>> spans) {

    public SpanValues {
        inputs = List.copyOf(inputs);
        spans = List.copyOf(spans);
    }

    /** How many there are. */
    public int size() {
        return spans.size();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** How good answers to them are: F1 over all spans, 0 to 1. */
    public double f1(List<SpanAnswer> answers) {
        SpanCounts counts = SpanCounts.NONE;
        for (int i = 0; i < spans.size(); i++) {
            List<LabeledSpan> found =
                    answers.get(i).spans().stream().map(ScoredSpan::span).toList();
            int right = (int) found.stream().filter(spans.get(i)::contains).count();
            counts =
                    counts.plus(new SpanCounts(right, found.size(), spans.get(i).size()));
        }
        return counts.f1();
    }
}
