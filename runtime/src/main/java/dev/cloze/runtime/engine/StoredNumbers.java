package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Writes numbers, as checkpoints store them, into float32 arrays a stretch at a time, so that there is never a second copy of
 * a whole tensor. libtorch widens them, which takes a tenth of the time that Java does.
 */
public final class StoredNumbers implements AutoCloseable {

    /** Bytes of a stretch: few enough for the processor's caches, enough to make the call cheap. */
    private static final int STRETCH = 2 << 20;

    private final NDManager memory;
    private final Kernel kernel;
    private final ByteBuffer stretch = ByteBuffer.allocateDirect(STRETCH);

    /** For arrays in that memory. */
    public StoredNumbers(NDManager memory) {
        this.memory = memory.newSubManager();
        this.kernel = Kernel.compile(this.memory, KernelSource.read("stored", Map.of()));
    }

    /** A direct buffer for stretches, which {@link #write} takes. */
    public ByteBuffer stretch() {
        return stretch;
    }

    /** An array of any numbers in that memory, to be written whole. */
    public static NDArray empty(NDManager memory, long... shape) {
        return memory.create(new Shape(shape), DataType.FLOAT32);
    }

    /**
     * Writes {@link #stretch} into the array.
     *
     * @param at how many of the array's numbers stand before, in row-major order
     * @param type {@code f16}, {@code f32} or {@code f64}
     * @return how many numbers those were
     */
    public long write(NDArray array, long at, String type) {
        try (NDManager scope = memory.newSubManager()) {
            DataType stored = type(type);
            long count = stretch.remaining() / stored.getNumOfBytes();
            NDArray numbers = scope.create(stretch, new Shape(count), stored);
            kernel.infer(scope, "forward", array, numbers, Control.of(scope, at));
            return count;
        }
    }

    private static DataType type(String type) {
        return switch (type) {
            case "f16" -> DataType.FLOAT16;
            case "f32" -> DataType.FLOAT32;
            case "f64" -> DataType.FLOAT64;
            default -> throw new IllegalArgumentException(type + " is no type of an array");
        };
    }

    @Override
    public void close() {
        kernel.close();
        memory.close();
    }
}
