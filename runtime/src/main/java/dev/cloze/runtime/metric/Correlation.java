package dev.cloze.runtime.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How far two lists of as many numbers rise and fall together, -1 to 1; NaN where one of them has no two unlike numbers. */
public final class Correlation {

    private Correlation() {}

    /** Pearson's correlation: in a straight line. */
    public static double pearson(double[] x, double[] y) {
        if (isConstant(x) || isConstant(y)) {
            return Double.NaN;
        }
        double[] a = centred(x);
        double[] b = centred(y);
        // Each has length 1 before they are multiplied, so that no size of numbers overflows.
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return Math.max(-1, Math.min(1, sum));
    }

    /** Spearman's correlation: Pearson's of the ranks, where equal numbers have the mean of their ranks. */
    public static double spearman(double[] x, double[] y) {
        return pearson(ranks(x), ranks(y));
    }

    private static boolean isConstant(double[] numbers) {
        return Arrays.stream(numbers).distinct().count() < 2;
    }

    /** Less their mean, and of length 1. */
    private static double[] centred(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElse(0);
        double largest = Arrays.stream(numbers)
                .map(number -> Math.abs(number - mean))
                .max()
                .orElse(1);
        double[] scaled =
                Arrays.stream(numbers).map(number -> (number - mean) / largest).toArray();
        double length =
                Math.sqrt(Arrays.stream(scaled).map(number -> number * number).sum());
        return Arrays.stream(scaled).map(number -> number / length).toArray();
    }

    /** From 1; of equal numbers each has the mean of the ranks that they take together. */
    static double[] ranks(double[] numbers) {
        int[] order = IntStream.range(0, numbers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> numbers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[numbers.length];
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && numbers[order[to]] == numbers[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }
}
