package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Indices as kernels take them: of tokens, or of rows. */
public final class TokenIds {

    private TokenIds() {}

    /** (N,) int64. */
    public static NDArray of(NDManager memory, int... ids) {
        return memory.create(Arrays.stream(ids).asLongStream().toArray(), new Shape(ids.length));
    }
}
