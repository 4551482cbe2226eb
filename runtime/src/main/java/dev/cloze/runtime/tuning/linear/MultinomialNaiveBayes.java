package dev.cloze.runtime.tuning.linear;

import java.util.Arrays;
import java.util.List;

/**
 * Multinomial naive Bayes (McCallum and Nigam 1998) as scikit-learn's {@code MultinomialNB} computes it, with additive
 * smoothing of 1 and the labels' shares in the training set as their prior; features need not be whole numbers.
 *
 * <p>Of label y and feature j, with N the sums of the features of y's examples: {@code log((N_yj + 1) / (N_y + n))}.
 */
public final class MultinomialNaiveBayes {

    private static final double SMOOTHING = 1;

    private MultinomialNaiveBayes() {}

    /**
     * Counts.
     *
     * @param labels for each example, the index of its label; each label has an example
     * @param features how many there are; at least one
     */
    public static LinearClassifier fit(List<Features> examples, int[] labels, int labelCount, int features) {
        double[] weight = new double[labelCount * features];
        double[] bias = new double[labelCount];
        for (int i = 0; i < labels.length; i++) {
            examples.get(i).addTo(weight, labels[i] * features, 1);
            bias[labels[i]]++;
        }
        for (int label = 0; label < labelCount; label++) {
            bias[label] = Math.log(bias[label] / labels.length);
            toLogarithms(weight, label * features, (label + 1) * features);
        }
        return new LinearClassifier(weight, bias);
    }

    private static void toLogarithms(double[] sums, int from, int to) {
        double all = Math.log(Arrays.stream(sums, from, to).sum() + SMOOTHING * (to - from));
        for (int i = from; i < to; i++) {
            sums[i] = Math.log(sums[i] + SMOOTHING) - all;
        }
    }
}
