package dev.cloze.runtime.checkpoint.tensor;

import java.nio.ByteBuffer;

/** Takes a tensor's numbers as a checkpoint stores them, in row-major order, a stretch after the other. */
@FunctionalInterface
public interface Stretches {

    /**
     * Takes the next of them.
     *
     * @param bytes little-endian, from the buffer's position to its limit; the next stretch is written over them
     * @param type of the numbers: {@code "f32"}, {@code "f16"} or {@code "f64"}; bf16 has been widened
     */
    void take(ByteBuffer bytes, String type);
}
