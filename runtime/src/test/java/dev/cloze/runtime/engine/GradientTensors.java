package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** What libtorch has differentiated, whatever an array says it requires: DJL answers that from a field of its own. */
public final class GradientTensors {

    private GradientTensors() {}

    /** Whether a backward pass has left a gradient at that array. */
    public static boolean isAt(NDArray array) {
        try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) array)) {
            return gradient != null;
        }
    }
}
