package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Adafactor (Shazeer and Stern 2018, arXiv 1804.04235) as prompt tuning uses it and transformers computes it: at a given rate,
 * without a first moment, with the whole second moment rather than its factors, and without scaling by the parameters; in place.
 *
 * <p>The second moment's decay rises with the steps t, 1 - t^-0.8, and an update whose root mean square is above 1 is scaled
 * down to it. Parameters that the loss does not reach stay as they are.
 */
public final class Adafactor extends StatefulOptimizer {

    private static final double DECAY = 0.8;
    private static final double EPSILON = 1e-30;
    private static final double THRESHOLD = 1;

    private final double weightDecay;

    /**
     * An optimizer of these parameters, at least one, which must require gradients; what it keeps lives in a child of the memory.
     *
     * @param weightDecay times the learning rate, the share that is taken off each parameter in a step
     */
    public Adafactor(NDManager memory, List<NDArray> parameters, double weightDecay) {
        super(memory, "adafactor", parameters, List.of("square"));
        this.weightDecay = weightDecay;
    }

    @Override
    NDArray control(NDManager scope, double learningRate, double factor) {
        return Control.of(scope, learningRate, DECAY, EPSILON, THRESHOLD, weightDecay, factor);
    }
}
