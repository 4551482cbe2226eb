package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.List;

/**
 * Virtual tokens in place of word embeddings, where ids of a row are below 0, see {@link Injection#virtualId}.
 *
 * @param count P, at least 1
 * @param size e, numbers of a word embedding
 */
public record VirtualTokens(int count, int size) implements SoftForm {

    /** Their name in an archive, which is PEFT's. */
    public static final String NAME = "prompt_embeddings";

    @Override
    public List<WeightSlot> slots() {
        return List.of(WeightSlot.of(NAME, "promptLength", count, size));
    }

    @Override
    public Injection injection(NDManager scope, List<NDArray> vectors, Dropout dropout) {
        return Injection.ofVirtualTokens(vectors.get(0));
    }
}
