package dev.cloze.build;

import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.RegressionEvaluation;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good a task of any kind is on a file.
 *
 * @param table to be read
 * @param values of the measures that there are of its kind
 * @param figures further ones by name, for JSON
 * @param n how many examples there were
 */
record Measured(String table, Map<Metric, Double> values, Map<String, Object> figures, int n) {

    static Measured of(Evaluation<?> labels) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("accuracy", labels.accuracy());
        figures.put("macroF1", labels.macroF1());
        figures.put("matthews", labels.matthews());
        figures.put("labels", labels.confusion().labels());
        figures.put("confusion", labels.confusion().counts());
        return of(labels, Metric.ACCURACY, labels.accuracy(), Metric.MACRO_F1, labels.macroF1(), figures, labels.n());
    }

    static Measured of(RegressionEvaluation numbers) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("meanSquaredError", numbers.meanSquaredError());
        figures.put("pearson", orNull(numbers.pearson()));
        figures.put("spearman", orNull(numbers.spearman()));
        return of(
                numbers, Metric.PEARSON, numbers.pearson(), Metric.SPEARMAN, numbers.spearman(), figures, numbers.n());
    }

    static Measured of(ClozeEvaluation words) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("precisionAt1", words.precisionAt(1));
        figures.put("precisionAt10", words.precisionAt(10));
        figures.put("meanReciprocalRank", words.meanReciprocalRank());
        figures.put("unanswerable", words.unanswerable());
        return of(
                words,
                Metric.PRECISION_AT_1,
                words.precisionAt(1),
                Metric.MRR,
                words.meanReciprocalRank(),
                figures,
                words.n());
    }

    /** JSON has no NaN, which a correlation is where all numbers are equal. */
    private static Object orNull(double value) {
        return Double.isNaN(value) ? "NaN" : value;
    }

    private static Measured of(
            Object table, Metric one, double first, Metric other, double second, Map<String, Object> figures, int n) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(one, first);
        values.put(other, second);
        figures.put("n", n);
        return new Measured(table.toString(), values, figures, n);
    }
}
