package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.Map;
import java.util.Optional;

/**
 * A backbone over weights on a device: what has to do with them is the same for all.
 *
 * @param <B> the backbone
 */
public abstract class LoadedBackbone<B extends Backbone> implements Backbone {

    private final LoadedWeights loaded;

    /** A backbone over these weights, which it owns. */
    protected LoadedBackbone(LoadedWeights loaded) {
        this.loaded = loaded;
    }

    /** A backbone of this architecture, on this device, with weights from there. */
    protected abstract B with(WeightSource source);

    /** The same without the language-model head. */
    protected abstract B bodyWith(WeightSource source);

    /** Frees what it has made besides its weights. */
    protected abstract void closeKernels();

    @Override
    public B trainableCopy() {
        return with(loaded.copies().trainable());
    }

    @Override
    public B trainableBody() {
        return bodyWith(loaded.copies().trainable());
    }

    @Override
    public B withWeights(Map<WeightSlot, NDArray> source) {
        return with(WeightSource.copiesOf(source));
    }

    @Override
    public ComputeDevice device() {
        return loaded.device();
    }

    @Override
    public NDManager memory() {
        return loaded.memory();
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return loaded.bySlot();
    }

    @Override
    public Optional<WeightSlot> notFinite() {
        return loaded.notFinite();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return loaded.tensors();
    }

    @Override
    public void close() {
        closeKernels();
        loaded.close();
    }
}
