package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands around the pieces of a Llama's tokenizer: where a text gets the mark of a space, and loses it again. */
final class LlamaStages {

    private LlamaStages() {}

    /** The sections of a {@code tokenizer.json} that the settings {@code add_prefix_space} and {@code legacy} make. */
    static Map<String, JsonElement> of(TokenizerFolder folder) {
        boolean prefixed = folder.flag("add_prefix_space").orElse(true);
        boolean legacy = folder.flag("legacy").orElse(true);
        return Map.of(
                "normalizer",
                legacy ? JsonParts.sequence("normalizers", normalizers(prefixed)) : JsonNull.INSTANCE,
                "pre_tokenizer",
                legacy
                        ? JsonNull.INSTANCE
                        : JsonParts.metaspace(SentencePieceFamily.prependSchemeOfSettings(folder), false),
                "decoder",
                decoder(prefixed));
    }

    private static List<JsonObject> normalizers(boolean prefixed) {
        List<JsonObject> normalizers = new ArrayList<>();
        if (prefixed) {
            JsonObject prepend = JsonParts.typed("Prepend");
            prepend.addProperty("prepend", JsonParts.MARK);
            normalizers.add(prepend);
        }
        normalizers.add(JsonParts.replace(" ", JsonParts.MARK));
        return normalizers;
    }

    private static JsonObject decoder(boolean prefixed) {
        List<JsonObject> decoders = new ArrayList<>();
        decoders.add(JsonParts.replace(JsonParts.MARK, " "));
        decoders.add(JsonParts.typed("ByteFallback"));
        decoders.add(JsonParts.typed("Fuse"));
        if (prefixed) {
            decoders.add(firstSpaceStripped());
        }
        return JsonParts.sequence("decoders", decoders);
    }

    private static JsonObject firstSpaceStripped() {
        JsonObject strip = JsonParts.typed("Strip");
        strip.addProperty("content", " ");
        strip.addProperty("start", 1);
        strip.addProperty("stop", 0);
        return strip;
    }
}
