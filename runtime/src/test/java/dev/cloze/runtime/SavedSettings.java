package dev.cloze.runtime;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The settings that a saved pipeline's manifest has of its product. */
public final class SavedSettings {

    private static final String MANIFEST = "manifest.json";

    private SavedSettings() {}

    /** As they were saved. */
    public static JsonObject of(Path archive) throws IOException {
        return settings(manifest(archive));
    }

    /** Changes them, as another version would have saved them. */
    public static void change(Path archive, Consumer<JsonObject> change) throws IOException {
        JsonObject manifest = manifest(archive);
        change.accept(settings(manifest));
        Files.writeString(archive.resolve(MANIFEST), manifest.toString());
    }

    private static JsonObject manifest(Path archive) throws IOException {
        return JsonParser.parseString(Files.readString(archive.resolve(MANIFEST)))
                .getAsJsonObject();
    }

    private static JsonObject settings(JsonObject manifest) {
        return manifest.getAsJsonObject("product").getAsJsonObject("settings");
    }
}
