package dev.cloze.runtime.checkpoint.torch;

import dev.cloze.runtime.checkpoint.tensor.ElementType;
import java.util.Arrays;

/**
 * A view of a torch storage.
 *
 * @param storage where the elements are
 * @param offset the first element's place in the storage
 * @param shape the length of each axis
 * @param strides how many elements of the storage lie between neighbours on each axis
 */
record TorchTensor(Storage storage, long offset, long[] shape, long[] strides) {

    /** So many elements may come of a smaller storage by repetition ({@code expand}), and no more. */
    private static final long MOST_REPEATED = 1 << 24;

    /**
     * A run of elements that tensors share.
     *
     * @param key its name in the file
     * @param elements how many it has
     */
    record Storage(ElementType type, String key, long elements) {}

    /** Refuses, with IllegalArgumentException or ArithmeticException, a view that reaches outside its storage. */
    TorchTensor {
        if (shape.length != strides.length || offset < 0 || offset > storage.elements()) {
            throw new IllegalArgumentException("shape, strides and offset do not fit together");
        }
        long elements = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] < 0 || strides[axis] < 0) {
                throw new IllegalArgumentException("its shape or strides are negative");
            }
            elements = Math.multiplyExact(elements, shape[axis]);
        }
        if (elements > 0 && Math.addExact(offset, span(shape, strides)) > storage.elements()) {
            throw new IllegalArgumentException("it reaches outside its storage of " + storage.elements() + " elements");
        }
        if (elements > Math.max(storage.elements(), MOST_REPEATED)) {
            throw new IllegalArgumentException("it repeats its storage to " + elements + " elements");
        }
    }

    /** Elements of the storage from its first to its last, both included. */
    long span() {
        return Arrays.stream(shape).anyMatch(axis -> axis == 0) ? 0 : span(shape, strides);
    }

    /** Whether its elements lie one after the other in row-major order. */
    boolean contiguous() {
        long expected = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= shape[axis];
        }
        return true;
    }

    private static long span(long[] shape, long[] strides) {
        long last = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
        }
        return last + 1;
    }
}
