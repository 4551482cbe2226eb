package dev.cloze.runtime.comparison;

import java.util.Locale;

/**
 * What one contender came to on one split.
 *
 * @param dev accuracy on the development examples, 0 to 1; NaN where the training diverged
 * @param test accuracy on what is measured on, 0 to 1; NaN where the training diverged
 * @param macroF1 of what is measured on, in the same way
 * @param seconds how long it took to train and to measure
 */
record Cell(double dev, double test, double macroF1, double seconds) {

    String line() {
        return String.format(Locale.ROOT, "%s\t%s\t%s\t%.1f", dev, test, macroF1, seconds);
    }

    static Cell of(String line) {
        String[] numbers = line.split("\t", -1);
        return new Cell(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]),
                Double.parseDouble(numbers[3]));
    }
}
