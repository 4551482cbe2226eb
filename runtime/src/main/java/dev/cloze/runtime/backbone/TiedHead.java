package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a model's head is its word embedding: config.json says it, but a checkpoint that has both, and not the same numbers
 * in them, knows better.
 *
 * <p>That is the rule of transformers 5, whose own checkpoints of T5 1.1 are called tied by their config.json. Files of
 * transformers 4 have equal numbers in both, or one of them.
 */
public final class TiedHead {

    private static final Logger LOG = LoggerFactory.getLogger(TiedHead.class);
    private static final String KEY = "tie_word_embeddings";

    private TiedHead() {}

    /**
     * The config.json, which no longer calls the head tied where the checkpoint has one of its own.
     *
     * @param embedding the published name of the word embedding
     * @param head that of the head's matrix
     */
    public static JsonObject resolve(
            String model,
            JsonObject config,
            BackboneFamily family,
            Checkpoint checkpoint,
            String embedding,
            String head) {
        if (!isOwn(new WeightsReader(checkpoint, family, model), embedding, head)) {
            return config;
        }
        LOG.info(
                "{}: config.json says that the head is the word embedding, but the checkpoint has a {} of its own, which is used.",
                model,
                head);
        JsonObject untied = config.deepCopy();
        untied.addProperty(KEY, false);
        return untied;
    }

    /** Whether the checkpoint has both, and they differ. */
    public static boolean isOwn(WeightsReader reader, String embedding, String head) {
        return reader.has(embedding) && reader.has(head) && !reader.areEqual(embedding, head);
    }
}
