package dev.cloze.runtime.checkpoint.tensor;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tensors of f32 that are in memory, as a file of them would be read. */
public record HeldTensors(Map<String, Tensor> tensors) implements WeightsFile {

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public ElementType type(String name) {
        return ElementType.F32;
    }

    @Override
    public long[] shape(String name) {
        return tensor(name).shape();
    }

    @Override
    public FloatBuffer floats(String name) {
        return tensor(name).data().duplicate();
    }

    @Override
    public StoredRun run(String name) {
        return StoredRun.of(floats(name));
    }

    private Tensor tensor(String name) {
        return Objects.requireNonNull(tensors.get(name));
    }

    @Override
    public void close() {
        // The memory is the garbage collector's.
    }
}
