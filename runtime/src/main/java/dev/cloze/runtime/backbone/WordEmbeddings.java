package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** The word embeddings of a model, as numbers. */
public final class WordEmbeddings {

    private WordEmbeddings() {}

    /** Those of these tokens one after the other, e numbers each. */
    public static float[] of(Backbone backbone, int[] ids) {
        try (NDManager scope = backbone.memory().newSubManager()) {
            TokenRow row = new TokenRow(ids, new int[ids.length], new int[0]);
            return backbone.embeddings(scope, List.of(row)).toFloatArray();
        }
    }
}
