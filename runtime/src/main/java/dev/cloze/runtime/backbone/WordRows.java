package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.function.BiFunction;

/** Rows of a table of words as numbers of Java. */
public final class WordRows {

    private WordRows() {}

    /**
     * The rows of these tokens.
     *
     * @param look gives the rows of tokens (W,) in a scope, (W, e)
     */
    public static float[][] of(NDManager memory, int[] tokens, BiFunction<NDManager, NDArray, NDArray> look) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray rows = look.apply(scope, TokenIds.of(scope, tokens));
            int width = (int) rows.getShape().get(1);
            float[] flat = rows.toFloatArray();
            float[][] vectors = new float[tokens.length][];
            Arrays.setAll(vectors, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
            return vectors;
        }
    }
}
