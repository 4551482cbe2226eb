package dev.cloze.runtime.tuning.linear;

import java.util.stream.IntStream;

/**
 * An example's features that are not zero.
 *
 * @param columns the features' numbers, each once, ascending
 * @param values their values
 */
public record Features(int[] columns, double[] values) {

    public Features {
        if (columns.length != values.length) {
            throw new IllegalArgumentException(columns.length + " columns of " + values.length + " values");
        }
    }

    /** All features of a vector, zero or not. */
    public static Features dense(float[] vector) {
        return new Features(
                IntStream.range(0, vector.length).toArray(),
                IntStream.range(0, vector.length).mapToDouble(i -> vector[i]).toArray());
    }

    /** The product with the row of weights that begins there. */
    double times(double[] weights, int start) {
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += values[i] * weights[start + columns[i]];
        }
        return sum;
    }

    /** Adds so many times these features to the row that begins there. */
    void addTo(double[] row, int start, double factor) {
        for (int i = 0; i < columns.length; i++) {
            row[start + columns[i]] += factor * values[i];
        }
    }
}
