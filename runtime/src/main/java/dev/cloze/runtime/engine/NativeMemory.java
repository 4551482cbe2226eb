package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDManager;

/** Opens the roots of native memory: each has one owner, who closes it. */
public final class NativeMemory {

    private NativeMemory() {}

    /** A new root on that device; what is created in it lives until it is closed. */
    public static NDManager open(ComputeDevice device) {
        Libtorch.engine();
        return NDManager.newBaseManager(device.djl(), "PyTorch");
    }
}
