package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Set;

/**
 * An architecture of language models; one implementation a folder, found as a service.
 *
 * <p>A new one needs a configuration, a table of names, and {@code @AutoService(BackboneFamily.class)}, nothing else.
 */
public interface BackboneFamily {

    /** The {@code model_type}s of config.json it reads. */
    Set<String> modelTypes();

    /** The base model's prefix, which older checkpoints leave out: {@code bert.}. */
    String basePrefix();

    /** Other names a tensor has in other checkpoints; the first that is there is read. */
    default List<String> otherNames(String name) {
        return List.of();
    }

    /** Names that a tensor has in newer checkpoints, where they count even if its own is there as well. */
    default List<String> newerNames(String name) {
        return List.of();
    }

    /** Whether a tensor that is not read is nothing to tell of: a table that a checkpoint need not hold. */
    default boolean isTable(String name) {
        return false;
    }

    /** What weights outside the base model belong to, for messages. */
    default String head() {
        return "the masked-LM head, without which nothing can be predicted at the mask";
    }

    /**
     * Reads config.json, checks it, and loads the weights onto the device.
     *
     * @param model its name, for messages
     */
    Backbone load(String model, JsonObject config, Checkpoint checkpoint, ComputeDevice device);
}
