package dev.cloze.runtime.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/** A stretch of code in which this thread records operations for gradients; several threads can, each for itself. */
public final class Gradients implements AutoCloseable {

    private final boolean outside = JniUtils.isGradMode();

    private Gradients() {
        JniUtils.setGradMode(true);
    }

    /** Starts recording in this thread, until closed; then it is as it was before. */
    public static Gradients record() {
        return new Gradients();
    }

    /** Gives an array that takes gradients one of zeros, so that all others are added to it. */
    public static void begin(NDArray array) {
        try (Gradients gradients = record();
                NDArray sum = array.sum();
                NDArray nothing = sum.mul(0)) {
            gradients.backward(nothing);
        }
    }

    /** Whether a backward pass has left a gradient at that array; DJL answers what it requires from a field of its own. */
    public static boolean isAt(NDArray array) {
        try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) array)) {
            return gradient != null;
        }
    }

    /** The gradient that backward passes have left at an array, in that memory; DJL makes zeros of nothing where none has. */
    public static @Nullable NDArray at(NDArray array, NDManager memory) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) array);
        if (gradient != null) {
            gradient.attach(memory);
        }
        return gradient;
    }

    /** Adds the gradient of this 0-d loss to all arrays that require one; ENGINE_FAILURE where memory for them is missing. */
    public void backward(NDArray loss) {
        try (NDManager scope = loss.getManager().newSubManager()) {
            PtNDArray one = (PtNDArray) scope.ones(loss.getShape());
            NativeCalls.run(() -> {
                JniUtils.backward((PtNDArray) loss, one, false, false);
                return loss;
            });
        } catch (EngineException e) {
            throw EngineFailure.of("The gradients could not be computed.", e);
        }
    }

    @Override
    public void close() {
        JniUtils.setGradMode(outside);
    }
}
