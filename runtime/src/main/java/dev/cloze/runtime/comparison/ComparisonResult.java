package dev.cloze.runtime.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How methods compare; {@link #toString} is a table to be read, the best first.
 *
 * @param k examples a label that were learnt from, and as many that were chosen by
 * @param seeds one for each split
 * @param tested how many examples were measured on, on the split that had the fewest
 * @param methods in the order in which they were named
 * @param commonest what it comes to always to say the commonest label of what is measured on: less is worse than guessing
 */
public record ComparisonResult(
        int k, List<Long> seeds, int tested, List<ComparedMethod> methods, ComparedMethod commonest) {

    /** Of two that diverged equally often the more accurate one comes first, and who diverged comes behind who did not. */
    static final Comparator<ComparedMethod> BEST_FIRST = Comparator.comparingInt(ComparedMethod::diverged)
            .thenComparingDouble(method -> Double.isNaN(method.mean()) ? 1 : -method.mean());

    public ComparisonResult {
        seeds = List.copyOf(seeds);
        methods = List.copyOf(methods);
    }

    /**
     * The methods by mean accuracy, the best first; equals in the order in which they were named, and those that diverged on a
     * split behind all that did not.
     */
    public List<ComparedMethod> ranked() {
        return methods.stream().sorted(BEST_FIRST).toList();
    }

    /** The first of {@link #ranked}. */
    public ComparedMethod best() {
        return ranked().get(0);
    }

    /** On how many splits one is more accurate than the other; a split where either diverged counts for nobody. */
    public int wins(ComparedMethod one, ComparedMethod other) {
        return (int) IntStream.range(0, seeds.size())
                .filter(i -> one.test().get(i) > other.test().get(i))
                .count();
    }

    @Override
    public String toString() {
        return ComparisonText.of(this);
    }
}
