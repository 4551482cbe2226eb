package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import java.util.Arrays;
import java.util.List;

/** The hidden states from which a backbone says what stands at the one mask of texts, as numbers of Java. */
final class MaskVectors {

    private MaskVectors() {}

    /**
     * One vector for each text, in their order.
     *
     * @param pooling {@link StatePooling#MASKS} or {@link StatePooling#HEAD}
     */
    static float[][] of(Backbone backbone, List<EncodedText> texts, StatePooling pooling) {
        List<TokenRow> rows = texts.stream().map(ModelTemplate::row).toList();
        float[][] vectors = new float[rows.size()][];
        for (int[] bucket : LengthBuckets.of(rows, backbone.shape().hiddenSize())) {
            List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            try (NDManager scope = backbone.memory().newSubManager()) {
                float[] flat = backbone.states(scope, members, pooling).toFloatArray();
                int size = flat.length / bucket.length;
                for (int r = 0; r < bucket.length; r++) {
                    vectors[bucket[r]] = Arrays.copyOfRange(flat, r * size, (r + 1) * size);
                }
            }
        }
        return vectors;
    }
}
