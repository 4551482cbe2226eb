package dev.cloze.runtime.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How methods compare; {@link #toString} is a table to be read, the best first.
 *
 * @param k examples a label that were learnt from, and as many that were chosen by
 * @param seeds one for each split
 * @param tested how many examples were measured on
 * @param methods in the order in which they were named
 */
public record ComparisonResult(int k, List<Long> seeds, int tested, List<ComparedMethod> methods) {

    public ComparisonResult {
        seeds = List.copyOf(seeds);
        methods = List.copyOf(methods);
    }

    /** The methods by mean accuracy, the best first; equals in the order in which they were named. */
    public List<ComparedMethod> ranked() {
        return methods.stream()
                .sorted(Comparator.comparingDouble(
                        (ComparedMethod method) -> Double.isNaN(method.mean()) ? 1 : -method.mean()))
                .toList();
    }

    /** The best by mean accuracy. */
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
        List<ComparedMethod> ranked = ranked();
        int width =
                ranked.stream().mapToInt(method -> method.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d examples a label to learn from, %d to choose by, %,d in all to measure on; %d split%s.%n",
                k,
                k,
                tested,
                seeds.size(),
                seeds.size() == 1 ? "" : "s"));
        text.append(String.format("Accuracy in percent, mean (standard deviation):%n"));
        ranked.forEach(method -> text.append(line(method, width)));
        ranked.stream().skip(1).forEach(other -> text.append(ahead(ranked.get(0), other)));
        return text.toString();
    }

    private static String line(ComparedMethod method, int width) {
        String spread = Double.isNaN(method.deviation())
                ? "      "
                : String.format(Locale.ROOT, "(%4.1f)", 100 * method.deviation());
        return String.format(
                Locale.ROOT,
                "  %-" + width + "s  %5.1f %s   dev %5.1f   %6.1f s%s%s%n",
                method.name(),
                100 * method.mean(),
                spread,
                100 * method.meanDev(),
                method.seconds(),
                method.learningRate() == null ? "" : "   learning rate " + method.learningRate(),
                method.diverged() == 0 ? "" : "   diverged on " + method.diverged());
    }

    private String ahead(ComparedMethod best, ComparedMethod other) {
        return String.format(
                Locale.ROOT,
                "%s is ahead of %s by %.1f points, and on %d of %d splits.%n",
                best.name(),
                other.name(),
                100 * (best.mean() - other.mean()),
                wins(best, other),
                seeds.size());
    }
}
