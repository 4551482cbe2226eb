package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Map;

/** The vectors of a form, trained themselves. */
public final class DirectPrompt implements SoftPrompt {

    /** The learning rate of AdamW where nobody sets one, measured on the default model: docs/guide/soft-templates.md. */
    public static final double USUAL_RATE = 0.005;

    private final LoadedWeights loaded;
    private final List<NDArray> vectors;

    private DirectPrompt(LoadedWeights loaded, List<NDArray> vectors) {
        this.loaded = loaded;
        this.vectors = vectors;
    }

    /** Vectors that start as those from there. */
    public static DirectPrompt load(ComputeDevice device, SoftForm form, WeightSource source) {
        return LoadedWeights.load(
                device, source.trainable(), loaded -> new DirectPrompt(loaded, loaded.each(form.slots())));
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return loaded.bySlot();
    }

    @Override
    public List<NDArray> vectors(NDManager scope) {
        return vectors;
    }

    @Override
    public void close() {
        loaded.close();
    }
}
