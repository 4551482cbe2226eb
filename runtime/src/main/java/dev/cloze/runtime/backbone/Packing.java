package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.HalfFloats;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.OneDnn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs matrices on a device, where that can be, and makes them as they were. */
final class Packing implements AutoCloseable {

    private final ComputeDevice device;
    private @Nullable Kernel kernel;

    Packing(ComputeDevice device) {
        this.device = device;
    }

    /** Whether matrices can be packed there. */
    boolean isThere() {
        return OneDnn.isThere(device);
    }

    /** Whether matrices can be kept in 16 bits there. */
    boolean halves() {
        return HalfFloats.isThere(device);
    }

    /** Where they are packed. */
    ComputeDevice device() {
        return device;
    }

    /** The matrix, packed. */
    NDArray pack(NDManager owner, NDArray matrix) {
        return kernel(owner).infer(owner, "pack", matrix);
    }

    /** Some of its rows, packed. */
    NDArray pack(NDManager owner, NDArray matrix, long from, long rows) {
        try (NDManager scope = owner.newSubManager()) {
            return kernel(owner).infer(owner, "packRows", matrix, Control.of(scope, (double) from, (double) rows));
        }
    }

    /** A packed matrix as it was, of which graphs can be made: what inference mode makes can't be differentiated by. */
    NDArray unpack(NDManager owner, NDArray packed) {
        return kernel(owner).train(owner, "unpack", packed);
    }

    /** Whether a matrix can be had from the packed one as it was: in bfloat16 one that was stored so. */
    boolean isExact(NDArray matrix) {
        if (device.precision() == ComputePrecision.FLOAT32) {
            return true;
        }
        try (NDManager scope = matrix.getManager().newSubManager()) {
            return kernel(scope).infer(scope, "isExact", matrix).getBoolean();
        }
    }

    private synchronized Kernel kernel(NDManager memory) {
        if (kernel == null) {
            kernel = Kernel.compile(
                    memory,
                    KernelSource.read(
                            "packing",
                            Map.of("type", Integer.toString(device.precision().type()))));
        }
        return kernel;
    }

    @Override
    public synchronized void close() {
        if (kernel != null) {
            kernel.close();
            kernel = null;
        }
    }
}
