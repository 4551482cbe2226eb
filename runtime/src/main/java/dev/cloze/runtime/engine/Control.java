package dev.cloze.runtime.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** The numbers of a kernel call, always on the CPU, so that reading them there never waits for a GPU. */
public final class Control {

    private Control() {}

    /** A float64 vector of these. */
    public static NDArray of(NDManager memory, double... numbers) {
        NDArray array = memory.create(numbers);
        return memory.getDevice().equals(Device.cpu()) ? array : array.toDevice(Device.cpu(), false);
    }
}
