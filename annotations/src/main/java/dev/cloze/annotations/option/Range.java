package dev.cloze.annotations.option;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * The values an option can have.
 *
 * @param text to complete the sentence "its range is ..."
 * @param <T> the option's type
 */
public record Range<T>(String text, Predicate<T> holds) {

    /** Whole numbers, both ends included. */
    public static Range<Integer> between(int least, int most) {
        return new Range<>(
                String.format(Locale.ROOT, "%,d to %,d", least, most), value -> value >= least && value <= most);
    }

    /** Whole numbers from here on. */
    public static Range<Integer> from(int least) {
        return new Range<>(String.format(Locale.ROOT, "%,d or more", least), value -> value >= least);
    }

    /** Numbers, both ends included. */
    public static Range<Double> between(double least, double most) {
        return new Range<>(number(least) + " to " + number(most), value -> value >= least && value <= most);
    }

    /** Numbers above 0, the end included. */
    public static Range<Double> aboveZeroTo(double most) {
        return new Range<>("above 0, at most " + number(most), value -> value > 0 && value <= most);
    }

    /** Numbers from 0, the end left out. */
    public static Range<Double> zeroToBelow(double limit) {
        return new Range<>("0 to below " + number(limit), value -> value >= 0 && value < limit);
    }

    /** Every value of the type. */
    public static <T> Range<T> any(String text) {
        return new Range<>(text, value -> true);
    }

    /** The same in other words. */
    public Range<T> saying(String other) {
        return new Range<>(other, holds);
    }

    /** Where an end is another option's value: {@code 1 to batchSize (now 1 to 8)}. */
    public Range<T> now(String inNames) {
        return saying(inNames + " (now " + text + ")");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : Double.toString(value);
    }
}
