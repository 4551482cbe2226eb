package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * AdamW as {@code torch.optim.AdamW} computes it (Loshchilov and Hutter 2019, arXiv 1711.05101), over one group of
 * parameters with one weight decay, in place.
 *
 * <p>Unlike DJL's optimizer it adds epsilon to the bias-corrected root, and clipping is the caller's factor over all
 * gradients.
 */
public final class AdamW extends StatefulOptimizer {

    private final Rates rates;

    /**
     * The numbers that stay the same over a training.
     *
     * @param beta1 decay of the mean, 0 to 1
     * @param beta2 decay of the square, 0 to 1
     * @param epsilon added to the root, above 0
     * @param weightDecay times the learning rate, taken off each parameter before the step
     */
    public record Rates(double beta1, double beta2, double epsilon, double weightDecay) {}

    /** An optimizer of these parameters, at least one, which must require gradients; its moments live in a child of the memory. */
    public AdamW(NDManager memory, List<NDArray> parameters, Rates rates) {
        super(memory, "adamw", parameters, List.of("mean", "square"));
        this.rates = rates;
    }

    @Override
    NDArray control(NDManager scope, double learningRate, double factor) {
        return Control.of(
                scope, learningRate, rates.beta1(), rates.beta2(), rates.epsilon(), rates.weightDecay(), factor);
    }
}
