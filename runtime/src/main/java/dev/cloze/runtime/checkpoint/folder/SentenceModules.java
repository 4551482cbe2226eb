package dev.cloze.runtime.checkpoint.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a model's own library, sentence-transformers, makes a text's vector of its last hidden states; the mean as it is where the
 * folder does not say.
 *
 * @param pooling which states stand for the text
 * @param unit whether the vector is scaled to length 1
 */
public record SentenceModules(Pooling pooling, boolean unit) {

    /** Which of a text's last hidden states stand for it. */
    public enum Pooling {
        /** Their mean. */
        MEAN,
        /** That of the first token. */
        FIRST,
        /** That of the last token. */
        LAST
    }

    private static final Logger LOG = LoggerFactory.getLogger(SentenceModules.class);

    private static final String SWITCH = "pooling_mode_";
    private static final Map<String, Pooling> POOLINGS =
            Map.of("mean", Pooling.MEAN, "cls", Pooling.FIRST, "lasttoken", Pooling.LAST);

    static SentenceModules of(ModelFolder folder) {
        boolean unit = false;
        Pooling pooling = Pooling.MEAN;
        List<String> unread = new ArrayList<>();
        for (JsonElement module : modules(folder.path().resolve(ConfigFiles.MODULES))) {
            String type = text(module, "type");
            if (type.endsWith(".Normalize")) {
                unit = true;
            } else if (type.endsWith(".Pooling")) {
                List<String> modes = modes(folder, module);
                pooling = POOLINGS.getOrDefault(String.join("+", modes), Pooling.MEAN);
                modes.stream()
                        .filter(mode -> modes.size() > 1 || !POOLINGS.containsKey(mode))
                        .forEach(unread::add);
            } else if (!type.endsWith(".Transformer")) {
                unread.add(type.substring(type.lastIndexOf('.') + 1));
            }
        }
        if (!unread.isEmpty()) {
            LOG.warn(
                    "{} makes sentence vectors with {} too, which Cloze does not have: it takes the {}.",
                    folder.name(),
                    String.join(" and ", unread),
                    pooling == Pooling.MEAN ? "mean of the last hidden states" : "state of one token");
        }
        return new SentenceModules(pooling, unit);
    }

    private static List<JsonElement> modules(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        return ModelFolder.json(file) instanceof JsonArray modules ? modules.asList() : List.of();
    }

    /** As newer versions write them, by name, or as earlier ones do, by a switch each. */
    private static List<String> modes(ModelFolder folder, JsonElement module) {
        String own = text(module, "path");
        Path file = folder.path().resolve(own.matches("\\w+") ? own + "/" + ConfigFiles.MODEL : ConfigFiles.POOLING);
        if (!Files.exists(file)) {
            LOG.warn(
                    "{} has no {}, which says what its sentence vectors are made of: the mean of the last hidden states is taken."
                            + " Fetch that file too.",
                    folder.name(),
                    folder.path().relativize(file));
            return List.of("mean");
        }
        JsonObject config = ModelFolder.object(file);
        if (config.get("pooling_mode") instanceof JsonArray several) {
            return several.asList().stream()
                    .filter(JsonElement::isJsonPrimitive)
                    .map(JsonElement::getAsString)
                    .toList();
        }
        if (config.has("pooling_mode")) {
            return List.of(text(config, "pooling_mode"));
        }
        List<String> on = config.keySet().stream()
                .filter(key -> key.startsWith(SWITCH) && text(config, key).equals("true"))
                .map(key -> key.substring(SWITCH.length()).replaceFirst("_tokens?$", ""))
                .toList();
        return on.isEmpty() ? List.of("mean") : on;
    }

    private static String text(JsonElement object, String key) {
        return object instanceof JsonObject named && named.get(key) instanceof JsonPrimitive value
                ? value.getAsString()
                : "";
    }
}
