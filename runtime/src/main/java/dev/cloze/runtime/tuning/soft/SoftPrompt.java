package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.List;
import java.util.Map;

/** What a soft method trains: the vectors of its form themselves, or a network that gives them and is dropped afterwards. */
public interface SoftPrompt extends AutoCloseable {

    /** What is trained: live arrays that take gradients, by slot, always in the same order. */
    Map<WeightSlot, NDArray> weights();

    /**
     * What they come to at present, in the order of {@link SoftForm#slots}, with the graph behind them if this thread records
     * one. A training asks once a step.
     *
     * @param scope the owner of what is computed; arrays of {@link #weights} may be among them
     */
    List<NDArray> vectors(NDManager scope);

    /** Frees its native memory. */
    @Override
    void close();
}
