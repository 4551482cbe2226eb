package dev.cloze.benchmarks.accuracy;

import java.util.Locale;

/**
 * Several measurements in two numbers.
 *
 * @param mean their mean
 * @param deviation their sample standard deviation, divided by n - 1; 0 where there is one
 */
public record Spread(double mean, double deviation) {

    public static Spread of(double... values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }

    /** Shares as percentages: {@code 71.3 (4.5)}. */
    public String percent() {
        return String.format(Locale.ROOT, "%.1f (%.1f)", 100 * mean, 100 * deviation);
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
