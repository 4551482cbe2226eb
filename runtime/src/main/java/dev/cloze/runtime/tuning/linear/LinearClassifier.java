package dev.cloze.runtime.tuning.linear;

import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;

/** Scores of labels that are linear in features; their softmax gives probabilities. */
public final class LinearClassifier {

    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    private final double[] weight;
    private final double[] bias;
    private final int features;

    /**
     * Rounds to float32, in which it is saved.
     *
     * @param weight a row of features for each label, one after the other
     * @param bias one for each label
     */
    public LinearClassifier(double[] weight, double[] bias) {
        if (bias.length == 0 || weight.length % bias.length != 0) {
            throw new IllegalArgumentException(weight.length + " weights of " + bias.length + " labels");
        }
        this.weight = rounded(weight);
        this.bias = rounded(bias);
        this.features = weight.length / bias.length;
    }

    private static double[] rounded(double[] values) {
        double[] rounded = new double[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    /** Reads what {@link #tensors} gave. */
    public static LinearClassifier read(Checkpoint tensors) {
        return new LinearClassifier(doubles(tensors.floats(WEIGHT)), doubles(tensors.floats(BIAS)));
    }

    private static double[] doubles(FloatBuffer floats) {
        double[] doubles = new double[floats.remaining()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats.get(floats.position() + i);
        }
        return doubles;
    }

    /** Weights (labels, features) and biases (labels,), as {@code torch.nn.Linear} has them. */
    public Map<String, Tensor> tensors() {
        return Map.of(
                WEIGHT, Tensor.of(floats(weight), bias.length, features), BIAS, Tensor.of(floats(bias), bias.length));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The natural logarithm of each label's probability. */
    public float[] logProbabilities(Features example) {
        double[] scores = new double[bias.length];
        for (int label = 0; label < scores.length; label++) {
            scores[label] = bias[label] + example.times(weight, label * features);
        }
        double sum = LogSum.of(scores);
        float[] logarithms = new float[scores.length];
        for (int label = 0; label < scores.length; label++) {
            logarithms[label] = (float) (scores[label] - sum);
        }
        return logarithms;
    }
}
