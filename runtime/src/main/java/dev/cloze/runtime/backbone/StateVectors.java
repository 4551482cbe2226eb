package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/** The last hidden states of rows of any number as numbers of Java, in batches of like length, without a graph. */
final class StateVectors {

    private StateVectors() {}

    /** See {@link Backbone#vectors}. */
    static float[][] of(Backbone backbone, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        float[][] vectors = new float[rows.size()][];
        for (int[] bucket : backbone.buckets(rows)) {
            List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            try (NDManager scope = backbone.memory().newSubManager()) {
                Injection part = InjectionRows.of(scope, injection, bucket);
                float[] flat = backbone.states(scope, members, pooling, part).toFloatArray();
                int size = flat.length / bucket.length;
                for (int r = 0; r < bucket.length; r++) {
                    vectors[bucket[r]] = Arrays.copyOfRange(flat, r * size, (r + 1) * size);
                }
            }
        }
        return vectors;
    }
}
