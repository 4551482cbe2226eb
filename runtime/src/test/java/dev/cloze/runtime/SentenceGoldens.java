package dev.cloze.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@code sentence_goldens.py} has of sentence-transformers, and the small model as a folder of theirs. */
public final class SentenceGoldens {

    private static final String MODULE = "{\"type\": \"sentence_transformers.models.%s\"}";

    private SentenceGoldens() {}

    /** Of published models. */
    public static JsonObject published() throws IOException {
        return read("/real/sentences.json");
    }

    /** Of the small model that is always there. */
    public static JsonObject tiny() throws IOException {
        return read("/sentences/cloze-tiny-en.json");
    }

    private static JsonObject read(String resource) throws IOException {
        try (InputStreamReader in = new InputStreamReader(
                Objects.requireNonNull(SentenceGoldens.class.getResourceAsStream(resource)), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in).getAsJsonObject();
        }
    }

    /**
     * The small model with a list of modules, as sentence encoders are published.
     *
     * @param pooling {@code mean} or {@code cls}
     * @param unit whether its vectors have length 1
     */
    public static Path folder(Path folder, String pooling, boolean unit) throws IOException {
        modules(TinyModels.withoutDropout("cloze-tiny-en", folder), pooling, unit);
        return folder;
    }

    /** Adds such a list to a model's folder. */
    public static void modules(Path folder, String pooling, boolean unit) throws IOException {
        Files.writeString(
                folder.resolve("modules.json"),
                "[" + MODULE.formatted("Transformer") + ", " + MODULE.formatted("Pooling")
                        + (unit ? ", " + MODULE.formatted("Normalize") : "") + "]");
        Files.writeString(
                Files.createDirectory(folder.resolve("1_Pooling")).resolve("config.json"),
                "{\"pooling_mode\": \"" + pooling + "\"}");
    }

    /** Texts as inputs of a task. */
    public static List<Map<String, String>> inputs(JsonArray texts) {
        return texts.asList().stream()
                .map(text -> Map.of("text", text.getAsString()))
                .toList();
    }
}
