package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.metric.Correlation;
import java.util.Locale;

/**
 * How near a pipeline's numbers are to the right ones; {@link #toString} is a line to be read.
 *
 * @param meanSquaredError the mean of the squared differences, 0 or more, in squared units of the scale
 * @param pearson Pearson's correlation, -1 to 1; NaN where all right values or all predictions are equal
 * @param spearman Spearman's correlation, of the ranks, equal numbers having the mean of their ranks; NaN as above
 * @param cutShare the share of inputs that were too long and lost a part, 0 to 1
 * @param n how many examples were evaluated
 */
public record RegressionEvaluation(double meanSquaredError, double pearson, double spearman, double cutShare, int n) {

    /**
     * Evaluates predictions.
     *
     * @param values the right values
     * @param predicted as many predictions, in the same order
     * @param cut how many of the inputs lost a part
     * @throws ClozeException {@code EVALUATION_NO_EXAMPLES} when there are none
     */
    public static RegressionEvaluation of(double[] values, double[] predicted, long cut) {
        if (values.length == 0) {
            throw new ClozeException(
                    Problem.EVALUATION_NO_EXAMPLES,
                    "There are no examples to evaluate on.\n  Give at least one input with its right value.");
        }
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = predicted[i] - values[i];
            squares += difference * difference;
        }
        return new RegressionEvaluation(
                squares / values.length,
                Correlation.pearson(values, predicted),
                Correlation.spearman(values, predicted),
                (double) cut / values.length,
                values.length);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "mean squared error %.4f, Pearson %s, Spearman %s, cut inputs %.1f%%, n %d",
                meanSquaredError,
                written(pearson),
                written(spearman),
                100 * cutShare,
                n);
    }

    private static String written(double correlation) {
        return Double.isNaN(correlation)
                ? "undefined (all values or all predictions are equal)"
                : String.format(Locale.ROOT, "%.4f", correlation);
    }
}
