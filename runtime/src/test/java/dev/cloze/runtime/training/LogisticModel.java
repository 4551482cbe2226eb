package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Logistic regression on made-up points, with input dropout and torch's AdamW, in doubles: a whole model that needs no
 * engine. The last weight is the bias.
 */
class LogisticModel implements TrainableModel {

    static final int WIDTH = 6;

    private final double[][] inputs;
    private final int[] labels;
    private final double[][] devInputs;
    private final int[] devLabels;
    private final double dropout;
    private final TrainingOptions options;

    double[] weights = new double[WIDTH + 1];
    double[] best = new double[WIDTH + 1];
    final double[] gradients = new double[WIDTH + 1];
    private double[] mean = new double[WIDTH + 1];
    private double[] square = new double[WIDTH + 1];
    private int updates;

    LogisticModel(TrainingOptions options, int examples, double dropout) {
        this.options = options;
        this.dropout = dropout;
        RandomGenerator random = new SplittableRandom(7);
        inputs = points(random, examples);
        labels = labels(random, inputs);
        devInputs = points(random, 50);
        devLabels = labels(random, devInputs);
    }

    /** On given points, which are also the development set. */
    LogisticModel(TrainingOptions options, double[][] inputs, int[] labels) {
        this.options = options;
        this.dropout = 0;
        this.inputs = inputs;
        this.labels = labels;
        this.devInputs = inputs;
        this.devLabels = labels;
    }

    private static double[][] points(RandomGenerator random, int count) {
        double[][] points = new double[count][WIDTH];
        for (double[] point : points) {
            for (int i = 0; i < WIDTH; i++) {
                point[i] = random.nextDouble() * 2 - 1;
            }
        }
        return points;
    }

    private static int[] labels(RandomGenerator random, double[][] points) {
        int[] labels = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            labels[i] = points[i][0] - 2 * points[i][1] + 0.3 * (random.nextDouble() - 0.5) > 0 ? 1 : 0;
        }
        return labels;
    }

    @Override
    public double accumulate(int[] examples, double scale, long dropoutSeed) {
        SplittableRandom random = new SplittableRandom(dropoutSeed);
        double loss = 0;
        for (int example : examples) {
            double[] input = dropped(inputs[example], random);
            double probability = probability(input);
            double error = probability - labels[example];
            loss -= Math.log(labels[example] == 1 ? probability : 1 - probability);
            for (int i = 0; i < WIDTH; i++) {
                gradients[i] += scale * error * input[i] / examples.length;
            }
            gradients[WIDTH] += scale * error / examples.length;
        }
        return loss / examples.length;
    }

    private double[] dropped(double[] input, SplittableRandom random) {
        double[] kept = input.clone();
        for (int i = 0; i < WIDTH && dropout > 0; i++) {
            kept[i] = random.nextDouble() < dropout ? 0 : input[i] / (1 - dropout);
        }
        return kept;
    }

    private double probability(double[] input) {
        double sum = weights[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            sum += weights[i] * input[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    @Override
    public long trainedParameters() {
        return weights.length;
    }

    @Override
    public double gradientNorm() {
        double sum = 0;
        for (double gradient : gradients) {
            sum += gradient * gradient;
        }
        return Math.sqrt(sum);
    }

    @Override
    public void update(double learningRate, double gradientFactor) {
        updates++;
        for (int i = 0; i <= WIDTH; i++) {
            double gradient = gradients[i] * gradientFactor;
            weights[i] *= 1 - (i < WIDTH ? learningRate * options.weightDecay() : 0);
            mean[i] += (1 - options.beta1()) * (gradient - mean[i]);
            square[i] = options.beta2() * square[i] + (1 - options.beta2()) * gradient * gradient;
            double denominator =
                    Math.sqrt(square[i]) / Math.sqrt(1 - Math.pow(options.beta2(), updates)) + options.epsilon();
            weights[i] -= learningRate / (1 - Math.pow(options.beta1(), updates)) * mean[i] / denominator;
            gradients[i] = 0;
        }
    }

    @Override
    public double devScore() {
        int right = 0;
        for (int i = 0; i < devInputs.length; i++) {
            right += (probability(devInputs[i]) > 0.5 ? 1 : 0) == devLabels[i] ? 1 : 0;
        }
        return right / (double) devInputs.length;
    }

    @Override
    public void keepBest() {
        best = weights.clone();
    }

    @Override
    public void restoreBest() {
        weights = best.clone();
    }

    @Override
    public void writeState(Path folder) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve("state.bin")))) {
            out.writeInt(updates);
            for (double[] values : new double[][] {weights, best, mean, square}) {
                for (double value : values) {
                    out.writeDouble(value);
                }
            }
        }
    }

    @Override
    public void readState(Path folder) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(folder.resolve("state.bin")))) {
            updates = in.readInt();
            for (double[] values : new double[][] {weights, best, mean, square}) {
                for (int i = 0; i <= WIDTH; i++) {
                    values[i] = in.readDouble();
                }
            }
        }
    }

    @Override
    public void close() {}
}
