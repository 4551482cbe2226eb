package dev.cloze.runtime.checkpoint.tensor;

import java.nio.FloatBuffer;

/**
 * Numbers to be written under a name.
 *
 * @param shape the length of each axis, outermost first; no axis means a single number
 * @param data the elements in row-major order, from the buffer's position to its limit
 */
public record Tensor(long[] shape, FloatBuffer data) {

    /** Refuses data that has more or fewer elements than the shape. */
    public Tensor {
        shape = shape.clone();
        long elements = 1;
        for (long axis : shape) {
            elements = Math.multiplyExact(elements, axis);
        }
        if (elements != data.remaining()) {
            throw new IllegalArgumentException(
                    "a shape of " + elements + " elements was given " + data.remaining() + " numbers");
        }
    }

    /** Wraps an array. */
    public static Tensor of(float[] data, long... shape) {
        return new Tensor(shape, FloatBuffer.wrap(data));
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }
}
