package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.AdamW;
import dev.cloze.runtime.engine.Gradients;
import java.util.List;

/**
 * Fits a network to keys and values that are known: the mean square of what it is off, by Adam (Li and Liang 2021, arXiv
 * 2101.00190, section 7.4 and its code).
 */
final class PrefixFit {

    /** Of the reference code. */
    static final int STEPS = 500;

    private static final double RATE = 1e-4;

    private PrefixFit() {}

    /**
     * Takes the steps, and says how far off the network was before each.
     *
     * @param numbers of the only site, (P, 2 L H D)
     */
    static double[] fit(PrefixEncoder encoder, float[] numbers, int steps) {
        double[] distances = new double[steps];
        List<NDArray> weights = List.copyOf(encoder.weights().values());
        try (NDManager memory = encoder.memory().newSubManager();
                AdamW adam = new AdamW(memory, weights, new AdamW.Rates(0.9, 0.999, 1e-8, 0))) {
            Shape shape = new Shape(numbers.length);
            NDArray targets = memory.create(numbers, shape);
            for (int i = 0; i < steps; i++) {
                distances[i] = backward(encoder, targets);
                adam.step(RATE, 1);
            }
        }
        return distances;
    }

    private static double backward(PrefixEncoder encoder, NDArray targets) {
        try (NDManager scope = encoder.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray flat = encoder.vectors(scope).get(0).flatten();
            flat.attach(scope);
            NDArray distance = encoder.kernel().train(scope, "distance", flat, targets);
            gradients.backward(distance);
            return distance.getFloat();
        }
    }
}
