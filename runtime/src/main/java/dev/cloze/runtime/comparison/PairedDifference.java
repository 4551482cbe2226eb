package dev.cloze.runtime.comparison;

import dev.cloze.runtime.metric.StudentT;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many points one method is ahead of another.
 *
 * @param points on each split that both finished, 100 being all examples
 */
record PairedDifference(List<Double> points) {

    /** With fewer splits an interval says next to nothing. */
    private static final int FEWEST = 3;

    static PairedDifference of(ComparedMethod one, ComparedMethod other) {
        return new PairedDifference(IntStream.range(0, one.test().size())
                .mapToObj(i -> 100 * (one.test().get(i) - other.test().get(i)))
                .filter(points -> !points.isNaN())
                .toList());
    }

    int splits() {
        return points.size();
    }

    double mean() {
        return points.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    /** Whether the mean is 0.0 where it is written. */
    boolean isLevel() {
        return Math.abs(mean()) < 0.05;
    }

    /** Whether the interval holds 0. */
    boolean mayBeChance() {
        return margin() >= Math.abs(mean());
    }

    long wins() {
        return points.stream().filter(value -> value > 0).count();
    }

    long losses() {
        return points.stream().filter(value -> value < 0).count();
    }

    /**
     * What a 95% interval by Student's t has on either side of the mean; NaN with fewer than three splits, and where all points are
     * the same, which says that few were measured on rather than that all is certain.
     */
    double margin() {
        int n = points.size();
        double mean = mean();
        double squares = points.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        if (n < FEWEST || squares < 1e-9) {
            return Double.NaN;
        }
        return StudentT.within(0.95, n - 1) * Math.sqrt(squares / (n - 1) / n);
    }
}
