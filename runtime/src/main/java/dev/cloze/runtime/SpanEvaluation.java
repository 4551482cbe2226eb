package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.metric.SpanCounts;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many spans a pipeline finds, as seqeval counts them: a span is right if both its places and its label are; {@link #toString}
 * is a line to be read.
 *
 * @param precision the share of the found spans that is right, 0 to 1; 0 where none is found
 * @param recall the share of the right spans that is found, 0 to 1; 0 where there are none
 * @param f1 the harmonic mean of both over all spans (micro), 0 to 1
 * @param macroF1 the mean of the labels' F1, of those that have a right span or a found one, 0 to 1
 * @param labels the same of each such label
 * @param cutShare the share of inputs of which a part was left out, 0 to 1
 * @param n how many examples were evaluated
 * @param <L> the label enum
 */
public record SpanEvaluation<L>(
        double precision, double recall, double f1, double macroF1, Map<L, Scores> labels, double cutShare, int n) {

    public SpanEvaluation {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /**
     * Scores of one label.
     *
     * @param precision as for all
     * @param recall as for all
     * @param f1 as for all
     * @param support how many right spans there are
     */
    public record Scores(double precision, double recall, double f1, int support) {}

    /**
     * Evaluates found spans.
     *
     * @param labels in the order of {@link #labels}
     * @param right of each example
     * @param found of each example, in the same order
     * @param cut of how many inputs a part was left out
     * @throws ClozeException {@code EVALUATION_NO_EXAMPLES} when there are none
     */
    public static <L> SpanEvaluation<L> of(
            List<L> labels, List<List<Span<L>>> right, List<List<Span<L>>> found, long cut) {
        if (right.isEmpty()) {
            throw new ClozeException(
                    Problem.EVALUATION_NO_EXAMPLES,
                    "There are no examples to evaluate on.\n  Give at least one input with its spans.");
        }
        SpanCounts all = SpanCounts.NONE;
        Map<L, Scores> scores = new LinkedHashMap<>();
        for (L label : labels) {
            SpanCounts counts = counts(label, right, found);
            all = all.plus(counts);
            if (counts.found() + counts.wanted() > 0) {
                scores.put(label, new Scores(counts.precision(), counts.recall(), counts.f1(), counts.wanted()));
            }
        }
        double macro =
                scores.values().stream().mapToDouble(Scores::f1).average().orElse(0);
        return new SpanEvaluation<>(
                all.precision(), all.recall(), all.f1(), macro, scores, (double) cut / right.size(), right.size());
    }

    private static <L> SpanCounts counts(L label, List<List<Span<L>>> right, List<List<Span<L>>> found) {
        SpanCounts counts = SpanCounts.NONE;
        for (int i = 0; i < right.size(); i++) {
            Set<Span<L>> wanted = of(label, right.get(i));
            Set<Span<L>> given = of(label, found.get(i));
            Set<Span<L>> both = new HashSet<>(given);
            both.retainAll(wanted);
            counts = counts.plus(new SpanCounts(both.size(), given.size(), wanted.size()));
        }
        return counts;
    }

    private static <L> Set<Span<L>> of(L label, List<Span<L>> spans) {
        Set<Span<L>> some = new HashSet<>(spans);
        some.removeIf(span -> !span.label().equals(label));
        return some;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "F1 %.4f (precision %.4f, recall %.4f), macro F1 %.4f, cut inputs %.1f%%, n %d",
                f1,
                precision,
                recall,
                macroF1,
                100 * cutShare,
                n);
    }
}
