package dev.cloze.runtime.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the roots of native memory: each has one owner, who closes it. */
public final class NativeMemory {

    private static final AtomicInteger OPEN = new AtomicInteger();

    private NativeMemory() {}

    /** A new root on that device; what is created in it lives until it is closed. */
    public static NDManager open(ComputeDevice device) {
        Libtorch.engine();
        NDManager root = NDManager.newBaseManager(device.djl(), "PyTorch");
        OPEN.incrementAndGet();
        // A root closes what is attached to it, once.
        root.attachInternal("the count of open roots", OPEN::decrementAndGet);
        return root;
    }

    /** An array's numbers, of which nothing stays in native memory: DJL leaves a copy of what lies on a GPU with the array's owner. */
    public static float[] floats(NDArray array) {
        if (array.getDevice().equals(Device.cpu())) {
            return array.toFloatArray();
        }
        NDArray copy = array.toDevice(Device.cpu(), true);
        try (NDManager own = copy.getManager()) { // DJL's, for this copy
            return copy.toFloatArray();
        }
    }

    /** How many roots are open at present, for leak tests. */
    static int openRoots() {
        return OPEN.get();
    }
}
