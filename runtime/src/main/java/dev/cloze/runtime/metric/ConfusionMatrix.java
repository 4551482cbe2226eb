package dev.cloze.runtime.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often each label was predicted for each right label, and what follows from it.
 *
 * @param labels the labels, in the order of rows and columns
 * @param counts [right label][predicted label]
 */
public record ConfusionMatrix<L>(List<L> labels, List<List<Integer>> counts) {

    public ConfusionMatrix {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
    }

    /** A matrix of counts, [right label][predicted label]. */
    public static <L> ConfusionMatrix<L> of(List<L> labels, int[][] counts) {
        return new ConfusionMatrix<>(
                labels,
                Arrays.stream(counts)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
    }

    /** Examples in all. */
    public int total() {
        return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
    }

    /** Examples whose right label is this. */
    public int gold(int label) {
        return counts.get(label).stream().mapToInt(Integer::intValue).sum();
    }

    /** Examples this label was predicted for. */
    public int predicted(int label) {
        return counts.stream().mapToInt(row -> row.get(label)).sum();
    }

    /** Examples this label was rightly predicted for. */
    public int right(int label) {
        return counts.get(label).get(label);
    }

    /** The share of right predictions. */
    public double accuracy() {
        double right = 0;
        for (int label = 0; label < labels.size(); label++) {
            right += right(label);
        }
        return right / total();
    }

    /** Right among those this label was predicted for; 0 when it never was. */
    public double precision(int label) {
        return predicted(label) == 0 ? 0 : (double) right(label) / predicted(label);
    }

    /** Right among those whose label is this; 0 when there are none. */
    public double recall(int label) {
        return gold(label) == 0 ? 0 : (double) right(label) / gold(label);
    }

    /** The harmonic mean of precision and recall; 0 for a label that is neither given nor predicted. */
    public double f1(int label) {
        int sum = gold(label) + predicted(label);
        return sum == 0 ? 0 : 2.0 * right(label) / sum;
    }

    /** The mean F1 of the labels that are given or predicted at least once, as scikit-learn has it. */
    public double macroF1() {
        double sum = 0;
        int seen = 0;
        for (int label = 0; label < labels.size(); label++) {
            sum += f1(label);
            seen += gold(label) + predicted(label) > 0 ? 1 : 0;
        }
        return sum / seen;
    }

    /**
     * Matthews' correlation of right and predicted labels, -1 to 1, for any number of labels (Gorodkin 2004, equation
     * 8); 0 where it is undefined because one label alone is given or predicted.
     */
    public double matthews() {
        double n = total();
        double right = accuracy() * n;
        double both = 0;
        double gold = 0;
        double predicted = 0;
        for (int label = 0; label < labels.size(); label++) {
            both += (double) gold(label) * predicted(label);
            gold += (double) gold(label) * gold(label);
            predicted += (double) predicted(label) * predicted(label);
        }
        double scale = Math.sqrt(n * n - gold) * Math.sqrt(n * n - predicted);
        return scale == 0 ? 0 : (right * n - both) / scale;
    }

    /** A table: a row for each right label, a column for each predicted one, then precision, recall and F1. */
    @Override
    public String toString() {
        int width =
                labels.stream().mapToInt(label -> label.toString().length()).reduce("predicted".length(), Math::max);
        StringBuilder table = new StringBuilder(cell("right \\ predicted", width + 10));
        labels.forEach(label -> table.append(cell(label.toString(), width + 2)));
        table.append("  precision  recall      F1");
        for (int label = 0; label < labels.size(); label++) {
            table.append('\n').append(cell(labels.get(label).toString(), width + 10));
            counts.get(label).forEach(count -> table.append(cell(count.toString(), width + 2)));
            table.append(
                    String.format(Locale.ROOT, "     %.4f  %.4f  %.4f", precision(label), recall(label), f1(label)));
        }
        return table.toString();
    }

    private static String cell(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
