package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/** The last hidden states of rows of any number as numbers of Java, in batches of like length, without a graph. */
public final class StateVectors {

    private StateVectors() {}

    /**
     * One vector of E numbers for each row, in their order.
     *
     * @param rows asking for one place each, which a mean leaves out of account
     */
    public static float[][] of(Backbone backbone, List<TokenRow> rows, StatePooling pooling) {
        return of(backbone, rows, pooling, Injection.NONE);
    }

    /** The same with what a soft method adds to these rows. */
    public static float[][] of(Backbone backbone, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        int size = backbone.shape().hiddenSize();
        float[][] vectors = new float[rows.size()][];
        for (int[] bucket : LengthBuckets.of(rows, size)) {
            List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            try (NDManager scope = backbone.memory().newSubManager()) {
                Injection part = InjectionRows.of(scope, injection, bucket);
                float[] flat = backbone.states(scope, members, pooling, part).toFloatArray();
                for (int r = 0; r < bucket.length; r++) {
                    vectors[bucket[r]] = Arrays.copyOfRange(flat, r * size, (r + 1) * size);
                }
            }
        }
        return vectors;
    }
}
