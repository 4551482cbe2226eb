package dev.cloze.runtime.tuning.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.AdamW;
import dev.cloze.runtime.engine.Optimizer;
import java.util.List;
import java.util.Map;

/**
 * Weights that are trained alike.
 *
 * @param weights live arrays that take gradients, by slot, always in the same order; they stay the caller's
 * @param rate times the learning rate of the loop
 * @param weightDecay of matrices; vectors have none, {@link WeightSlot#withoutDecay}
 * @param rule makes its optimizer
 */
public record WeightGroup(Map<WeightSlot, NDArray> weights, double rate, double weightDecay, Rule rule) {

    /** Makes an optimizer. */
    @FunctionalInterface
    public interface Rule {

        /**
         * An optimizer of these parameters, at least one.
         *
         * @param memory what it keeps lies in a child of it
         */
        Optimizer of(NDManager memory, List<NDArray> parameters, double weightDecay);
    }

    /** AdamW as the options say. */
    public static WeightGroup of(Map<WeightSlot, NDArray> weights, TrainingOptions options) {
        return of(weights, 1, options.weightDecay(), options);
    }

    /** AdamW with the options' moments, at a rate and decay of its own. */
    public static WeightGroup of(
            Map<WeightSlot, NDArray> weights, double rate, double weightDecay, TrainingOptions options) {
        return new WeightGroup(
                weights,
                rate,
                weightDecay,
                (memory, parameters, decay) -> new AdamW(
                        memory,
                        parameters,
                        new AdamW.Rates(options.beta1(), options.beta2(), options.epsilon(), decay)));
    }

    /** Those with weight decay, or those without. */
    List<NDArray> members(boolean withoutDecay) {
        return weights.entrySet().stream()
                .filter(entry -> entry.getKey().withoutDecay() == withoutDecay)
                .map(Map.Entry::getValue)
                .toList();
    }
}
