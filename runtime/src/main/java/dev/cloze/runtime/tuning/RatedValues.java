package dev.cloze.runtime.tuning;

import dev.cloze.runtime.Rated;
import dev.cloze.runtime.metric.Correlation;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.template.InputValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Rated examples as methods see them.
 *
 * @param inputs for each, the text of every placeholder by path
 * @param values for each, its number on the scale
 */
public record RatedValues(List<Map<String, String>> inputs, double[] values) {

    public RatedValues {
        inputs = List.copyOf(inputs);
    }

    /**
     * Examples of a task.
     *
     * @param kind what an error calls them: {@code "training example"}
     */
    public static <I> RatedValues of(RegressionTask<I> task, List<Rated<I>> examples, String kind) {
        return new RatedValues(
                new InputValues<>(examples.stream().map(Rated::input).toList(), task.placeholders(), kind),
                examples.stream().mapToDouble(Rated::value).toArray());
    }

    /** The same examples with other numbers. */
    public RatedValues with(DoubleUnaryOperator change) {
        return new RatedValues(inputs, Arrays.stream(values).map(change).toArray());
    }

    /** How many there are. */
    public int size() {
        return values.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /**
     * Pearson's correlation of the values with others, by which weights are chosen as in LM-BFF's code; where it is undefined,
     * as all of the others are equal, -1, than which nothing is worse.
     */
    public double pearson(double[] others) {
        double correlation = Correlation.pearson(values, others);
        return Double.isNaN(correlation) ? -1 : correlation;
    }

    /** The examples by the nearer end of the scale, {@link ScaleTask#LOW} first; what lies in the middle is low. */
    public LabeledValues halves(double middle) {
        return new LabeledValues(
                inputs,
                Arrays.stream(values).mapToInt(value -> value <= middle ? 0 : 1).toArray());
    }
}
