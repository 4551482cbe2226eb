package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Refuses weights that are no numbers.
 *
 * <p>Scores alone don't tell: libtorch's attention takes a row that is NaN for one that sees nothing, and goes on.
 */
public final class FiniteWeights {

    private FiniteWeights() {}

    /**
     * Requires that all weights of a backbone are finite, in one pass over them. A model's own are looked at once for all who
     * use it: {@code LanguageModel.requireFinite}.
     *
     * @param name of the model, for the message
     * @throws ClozeException MODEL_NOT_FINITE
     */
    public static void require(Backbone backbone, String name) {
        backbone.notFinite().ifPresent(slot -> {
            throw refusal(slot, name);
        });
    }

    /** What is thrown where that weight has numbers that are not finite. */
    public static ClozeException refusal(WeightSlot slot, String name) {
        return new ClozeException(
                Problem.MODEL_NOT_FINITE,
                String.join(", ", slot.parts()) + " of " + name + " has numbers that are not finite."
                        + "\n  Every score would be nothing, or worse, something."
                        + "\n  Check the checkpoint; if it is your own, train it again with a smaller learning rate.");
    }

    /** The first that is not finite. */
    static <W> Optional<WeightSlot> firstNot(Map<WeightSlot, W> weights, Predicate<W> finite) {
        return weights.entrySet().stream()
                .filter(weight -> !finite.test(weight.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether all its numbers are: the sum is NaN or infinite as soon as one of them is. */
    static boolean isFinite(NDArray weight) {
        try (NDArray sum = weight.sum()) {
            return Float.isFinite(sum.getFloat());
        }
    }
}
