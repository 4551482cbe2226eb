package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/**
 * Refuses weights that are no numbers.
 *
 * <p>Scores alone don't tell: libtorch's attention takes a row that is NaN for one that sees nothing, and goes on.
 */
public final class FiniteWeights {

    private FiniteWeights() {}

    /**
     * Requires that all weights of a backbone are finite, in one pass over them.
     *
     * @param name of the model, for the message
     * @throws ClozeException MODEL_NOT_FINITE
     */
    public static void require(Backbone backbone, String name) {
        backbone.weights().forEach((slot, weight) -> {
            if (!Float.isFinite(sum(weight))) {
                throw new ClozeException(
                        Problem.MODEL_NOT_FINITE,
                        String.join(", ", slot.parts()) + " of " + name + " has numbers that are not finite."
                                + "\n  Every score would be nothing, or worse, something."
                                + "\n  Check the checkpoint; if it is your own, train it again with a smaller learning"
                                + " rate.");
            }
        });
    }

    /** NaN or infinite as soon as one of them is. */
    private static float sum(NDArray weight) {
        try (NDArray sum = weight.sum()) {
            return sum.getFloat();
        }
    }
}
