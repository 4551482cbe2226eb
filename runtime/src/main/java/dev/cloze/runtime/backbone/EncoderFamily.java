package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * An architecture of encoders with masked-LM heads; one implementation a folder, found as a service.
 *
 * <p>A new one needs a configuration, a table of names, and a line in {@code META-INF/services}, nothing else.
 */
public interface EncoderFamily {

    /** The {@code model_type}s of config.json it reads. */
    Set<String> modelTypes();

    /** The configuration, from config.json. */
    EncoderConfig config(JsonObject json);

    /** The published names of the weights of this configuration, with the base model's prefix ({@code bert.}). */
    EncoderWeights weights(EncoderConfig config, JsonObject json);

    /** The base model's prefix, which older checkpoints leave out: {@code bert.}. */
    String basePrefix();

    /** Other names a tensor has in older checkpoints; the first that is there is read. */
    default List<String> otherNames(String name) {
        return List.of();
    }
}
