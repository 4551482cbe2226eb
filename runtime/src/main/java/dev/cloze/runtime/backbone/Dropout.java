package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.engine.Control;

/**
 * What is dropped in one forward pass of a training.
 *
 * @param hidden rate of hidden states, 0 to below 1
 * @param attention rate of attention weights, likewise
 * @param seed the same seed drops the same; 0 to 2^53
 */
public record Dropout(double hidden, double attention, long seed) {

    /** Nothing is dropped. */
    public static final Dropout NONE = new Dropout(0, 0, 0);

    /** As kernels take it, and whether they normalise over the vocabulary. */
    public NDArray control(NDManager memory, boolean normalise) {
        return Control.of(memory, hidden, attention, seed, normalise ? 1 : 0);
    }
}
