package dev.cloze.runtime.comparison;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What one method came to on all splits.
 *
 * @param name of the method, or of the caller's own way
 * @param learningRate the one that was chosen on development examples; null for the method's own, or where there is none
 * @param test accuracy on what was measured on, 0 to 1, by split; NaN where the training diverged
 * @param macroF1 the mean F1 of the labels there, in the same way
 * @param dev accuracy on the development examples, in the same way
 * @param seconds how long training and measuring took on average
 */
public record ComparedMethod(
        String name,
        @Nullable Double learningRate,
        List<Double> test,
        List<Double> macroF1,
        List<Double> dev,
        double seconds) {

    public ComparedMethod {
        test = List.copyOf(test);
        macroF1 = List.copyOf(macroF1);
        dev = List.copyOf(dev);
    }

    static ComparedMethod of(String name, @Nullable Double learningRate, List<Cell> cells) {
        return new ComparedMethod(
                name,
                learningRate,
                all(cells, Cell::test),
                all(cells, Cell::macroF1),
                all(cells, Cell::dev),
                cells.stream().mapToDouble(Cell::seconds).average().orElse(Double.NaN));
    }

    private static List<Double> all(List<Cell> cells, ToDoubleFunction<Cell> which) {
        return cells.stream().map(which::applyAsDouble).toList();
    }

    /** Mean accuracy on what was measured on, 0 to 1, over the splits on which it did not diverge; NaN where it always did. */
    public double mean() {
        return mean(test);
    }

    /** Its sample standard deviation over the splits, divided by n - 1; NaN where there are not two. */
    public double deviation() {
        double mean = mean();
        long count = sound(test).count();
        return count < 2
                ? Double.NaN
                : Math.sqrt(sound(test)
                                .map(value -> (value - mean) * (value - mean))
                                .sum()
                        / (count - 1));
    }

    /** Mean macro-F1 on what was measured on, 0 to 1, as {@link #mean}. */
    public double meanMacroF1() {
        return mean(macroF1);
    }

    /** Mean accuracy on the development examples, 0 to 1. */
    public double meanDev() {
        return mean(dev);
    }

    /** On how many splits it diverged. */
    public int diverged() {
        return test.size() - (int) sound(test).count();
    }

    private static double mean(List<Double> values) {
        return sound(values).average().orElse(Double.NaN);
    }

    private static DoubleStream sound(List<Double> values) {
        return values.stream().mapToDouble(value -> value).filter(value -> !Double.isNaN(value));
    }
}
