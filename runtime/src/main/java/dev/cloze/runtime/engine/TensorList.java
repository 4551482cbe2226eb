package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** A list argument of a kernel, handed to libtorch once and used in many calls; it doesn't own its arrays. */
public final class TensorList implements AutoCloseable {

    private final NDList arrays;
    private final IValue handle;

    private TensorList(List<NDArray> arrays) {
        this.arrays = new NDList(arrays);
        this.handle = IValue.listFrom(arrays.toArray(PtNDArray[]::new));
    }

    /** A list for {@link Kernel#infer} alone. */
    public static TensorList of(List<NDArray> arrays) {
        return new TensorList(arrays);
    }

    /**
     * A list for {@link Kernel#train} too, where DJL finds its elements by name: an array can be in one such list only,
     * and each list of a call needs a name of its own.
     */
    public static TensorList named(String name, List<NDArray> arrays) {
        arrays.forEach(array -> array.setName(name + "[]"));
        return new TensorList(arrays);
    }

    /** One of its arrays. */
    public NDArray get(int index) {
        return arrays.get(index);
    }

    NDList arrays() {
        return arrays;
    }

    IValue handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
