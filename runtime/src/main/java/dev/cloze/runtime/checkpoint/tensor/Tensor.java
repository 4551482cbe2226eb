package dev.cloze.runtime.checkpoint.tensor;

import java.nio.FloatBuffer;
import java.util.function.Supplier;

/** Numbers to be written under a name: of a shape, in row-major order. */
public final class Tensor {

    private final long[] shape;
    private final long elements;
    private final Supplier<FloatBuffer> data;

    private Tensor(long[] shape, Supplier<FloatBuffer> data) {
        this.shape = shape.clone();
        this.data = data;
        long product = 1;
        for (long axis : shape) {
            product = Math.multiplyExact(product, axis);
        }
        this.elements = product;
    }

    /**
     * Wraps a buffer, from its position to its limit.
     *
     * @param shape the length of each axis, outermost first; no axis means a single number
     */
    public Tensor(long[] shape, FloatBuffer data) {
        this(shape, () -> data);
        checked(data);
    }

    /** Wraps an array. */
    public static Tensor of(float[] data, long... shape) {
        return new Tensor(shape, FloatBuffer.wrap(data));
    }

    /** Numbers that are read each time they are asked for, so that they take no memory before and after. */
    public static Tensor read(Supplier<float[]> data, long... shape) {
        return new Tensor(shape, () -> FloatBuffer.wrap(data.get()));
    }

    /** Refuses data that has more or fewer elements than the shape. */
    private FloatBuffer checked(FloatBuffer numbers) {
        if (elements != numbers.remaining()) {
            throw new IllegalArgumentException(
                    "a shape of " + elements + " elements was given " + numbers.remaining() + " numbers");
        }
        return numbers;
    }

    /** The length of each axis, outermost first; no axis means a single number. */
    public long[] shape() {
        return shape.clone();
    }

    /** How many numbers they are. */
    public long elements() {
        return elements;
    }

    /** The elements in row-major order, from the buffer's position to its limit. */
    public FloatBuffer data() {
        return checked(data.get());
    }
}
