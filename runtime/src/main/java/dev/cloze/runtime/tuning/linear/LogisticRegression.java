package dev.cloze.runtime.tuning.linear;

import java.util.List;

/**
 * Logistic regression with an L2 penalty, as scikit-learn's {@code LogisticRegression} has it: the minimum of {@code C * the
 * sum of the examples' losses + |weights|^2 / 2}, biases left out of the penalty.
 *
 * <p>Two labels have one row of weights, that of the second (the loss is binary); more have one each (the loss is
 * multinomial). The minimum is unique, and found to a gradient of 1e-8 by {@link Lbfgs}, so that nothing depends on seeds.
 */
public final class LogisticRegression implements Lbfgs.Objective {

    private static final double TOLERANCE = 1e-8;
    private static final int MOST_ITERATIONS = 10_000;

    private final List<Features> examples;
    private final int[] labels;
    private final int labelCount;
    private final int features;
    private final double c;

    private LogisticRegression(List<Features> examples, int[] labels, int labelCount, int features, double c) {
        this.examples = List.copyOf(examples);
        this.labels = labels;
        this.labelCount = labelCount;
        this.features = features;
        this.c = c;
    }

    /**
     * Finds the minimum.
     *
     * @param labels for each example, the index of its label; each label has an example
     * @param c the inverse of the penalty's strength, above 0
     */
    public static LinearClassifier fit(List<Features> examples, int[] labels, int labelCount, int features, double c) {
        LogisticRegression objective = new LogisticRegression(examples, labels, labelCount, features, c);
        double[] found = Lbfgs.minimum(objective, new double[objective.size()], TOLERANCE, MOST_ITERATIONS);
        double[] weight = new double[labelCount * features];
        double[] bias = new double[labelCount];
        for (int label = objective.firstFree(); label < labelCount; label++) {
            System.arraycopy(found, objective.row(label), weight, label * features, features);
            bias[label] = found[objective.row(label) + features];
        }
        return new LinearClassifier(weight, bias);
    }

    /** Of two labels the first one's score is 0. */
    private int firstFree() {
        return labelCount == 2 ? 1 : 0;
    }

    /** Where a label's weights begin; its bias is behind them. */
    private int row(int label) {
        return (label - firstFree()) * (features + 1);
    }

    private int size() {
        return (labelCount - firstFree()) * (features + 1);
    }

    @Override
    public double at(double[] point, double[] gradient) {
        double value = penalty(point, gradient);
        double[] scores = new double[labelCount];
        for (int i = 0; i < labels.length; i++) {
            Features example = examples.get(i);
            for (int label = firstFree(); label < labelCount; label++) {
                scores[label] = example.times(point, row(label)) + point[row(label) + features];
            }
            double sum = LogSum.of(scores);
            value += c * (sum - scores[labels[i]]);
            for (int label = firstFree(); label < labelCount; label++) {
                double slope = c * (Math.exp(scores[label] - sum) - (labels[i] == label ? 1 : 0));
                example.addTo(gradient, row(label), slope);
                gradient[row(label) + features] += slope;
            }
        }
        return value;
    }

    /** Half the squared weights; it sets the gradient, to which the examples add. */
    private double penalty(double[] point, double[] gradient) {
        double squares = 0;
        for (int label = firstFree(); label < labelCount; label++) {
            int bias = row(label) + features;
            for (int j = row(label); j < bias; j++) {
                gradient[j] = point[j];
                squares += point[j] * point[j];
            }
            gradient[bias] = 0;
        }
        return squares / 2;
    }
}
