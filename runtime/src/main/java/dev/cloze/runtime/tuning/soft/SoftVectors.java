package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The vectors that a {@link SoftBackbone} adds: those that training ended with, or those of the step under way. */
interface SoftVectors extends AutoCloseable {

    /** One for each slot of the form. */
    List<NDArray> now();

    /** What a pass without a graph is given of them. */
    default Injection injection(NDManager scope, SoftForm form) {
        return form.injection(scope, now(), Dropout.NONE);
    }

    /** Where passes may make what they need. */
    NDManager memory();

    /** All that belongs to them, by slot. */
    Map<WeightSlot, NDArray> weights();

    /** The same under its published names. */
    Map<String, Tensor> tensors();

    @Override
    void close();
}
