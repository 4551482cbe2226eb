package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.HalfFloats;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.StoredNumbers;
import dev.cloze.runtime.engine.TensorStore;
import java.util.ArrayList;
import java.util.List;

/** Matrices whose numbers have 16 bits, kept so in libtorch; products with them are those of float32. */
final class HalvedMatrices implements AutoCloseable {

    private final Kernel kernel;
    private final TensorStore store;
    private final List<Shape> shapes = new ArrayList<>();

    /** None yet. */
    HalvedMatrices(NDManager memory, ComputeDevice device) {
        this.kernel = Kernel.compile(memory, KernelSource.read("halves", HalfFloats.constants(device)));
        try (NDManager scope = memory.newSubManager()) {
            this.store = kernel.inferStore("make", scope.create(0f));
        }
    }

    /** Whether a matrix would stay what it is. */
    boolean fits(NDArray matrix) {
        try (NDManager scope = matrix.getManager().newSubManager()) {
            return kernel.infer(scope, "fits", matrix).getBoolean();
        }
    }

    /** One more; its place. */
    int add(NDArray matrix) {
        try (NDManager scope = matrix.getManager().newSubManager()) {
            kernel.infer(scope, "add", store, matrix); // the same array under another handle
        }
        shapes.add(matrix.getShape());
        return shapes.size() - 1;
    }

    /** The one at that place as it was, in that memory; graphs can be made of it, which they can't of what inference mode makes. */
    NDArray unpack(NDManager owner, int place) {
        NDArray matrix = StoredNumbers.empty(owner, shapes.get(place).getShape());
        try (NDManager scope = owner.newSubManager()) {
            kernel.infer(scope, "unpack", store, Control.of(scope, place), matrix);
        }
        return matrix;
    }

    /** For kernels. */
    TensorStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        kernel.close();
    }
}
