package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vectors that stay, and the backbone below where that belongs to them. */
final class StoredVectors implements SoftVectors {

    private final LoadedWeights loaded;
    private final List<NDArray> vectors;
    private final @Nullable Backbone base;
    private @Nullable Injection injection;

    private StoredVectors(LoadedWeights loaded, List<NDArray> vectors, @Nullable Backbone base) {
        this.loaded = loaded;
        this.vectors = vectors;
        this.base = base;
    }

    /** Vectors of this form from there, in memory of their own. */
    static StoredVectors load(ComputeDevice device, SoftForm form, WeightSource source) {
        return LoadedWeights.load(device, source, loaded -> new StoredVectors(loaded, loaded.each(form.slots()), null));
    }

    /** The same, to which that backbone belongs from now on. */
    StoredVectors with(Backbone own) {
        return new StoredVectors(loaded, vectors, own);
    }

    @Override
    public List<NDArray> now() {
        return vectors;
    }

    /** Laid out once, as views of the vectors: who shares a model with many tasks is asked for it in every batch. */
    @Override
    public synchronized Injection injection(NDManager scope, SoftForm form) {
        Injection laid = injection;
        if (laid == null) {
            laid = form.injection(memory(), vectors, Dropout.NONE);
            injection = laid;
        }
        return laid;
    }

    @Override
    public NDManager memory() {
        return loaded.memory();
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        Map<WeightSlot, NDArray> weights = new LinkedHashMap<>(loaded.bySlot());
        if (base != null) {
            weights.putAll(base.weights());
        }
        return weights;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(loaded.tensors());
        if (base != null) {
            tensors.putAll(base.tensors());
        }
        return tensors;
    }

    @Override
    public void close() {
        loaded.close();
        if (base != null) {
            base.close();
        }
    }
}
