package dev.cloze.runtime.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** The numbers of a kernel call, always on the CPU, so that neither making nor reading them waits for a GPU. */
public final class Control {

    private Control() {}

    /** A float64 vector of these. */
    public static NDArray of(NDManager memory, double... numbers) {
        boolean isCpu = memory.getDevice().equals(Device.cpu());
        return (isCpu ? memory : memory.newSubManager(Device.cpu())).create(numbers);
    }
}
