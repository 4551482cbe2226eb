package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The expression by which Mistral splits texts, put where {@code fix_mistral_regex} asks for it: published files have another,
 * with which the model was not trained.
 *
 * <p>As in transformers 5, and in 4 for the models it is meant for; what either saved with it has the expression already.
 */
final class MistralRegex {

    private static final String SECTION = "pre_tokenizer";

    /** No tokenizer of Mistral's with fewer tokens splits by an expression. */
    private static final int FEWER = 100_000;

    private static final String EXPRESSION =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private MistralRegex() {}

    /** Changes a {@code tokenizer.json} in place, where its folder asks for it. */
    static void apply(JsonObject tokenizer, TokenizerFolder folder) {
        if (folder.flag("fix_mistral_regex").orElse(false)
                && tokenizer.get(SECTION) instanceof JsonObject part
                && TokenizerFolder.idsOfModel(tokenizer) > FEWER
                && isMeant(TokenizerClass.config(folder))) {
            tokenizer.add(SECTION, fixed(part));
        }
    }

    /** transformers 5 no longer asks about what it has written itself. */
    private static boolean isMeant(JsonObject config) {
        return ModelType.of(config).filter("mistral"::equals).isPresent() && !TransformersVersion.isFive(config);
    }

    private static JsonObject fixed(JsonObject part) {
        JsonObject split = JsonParts.split(EXPRESSION);
        if (JsonParts.isOfType(part, "Sequence")) {
            JsonObject sequence = part.deepCopy();
            JsonArray parts = sequence.getAsJsonArray("pretokenizers");
            parts.set(0, split);
            return sequence;
        }
        return JsonParts.sequence(
                "pretokenizers", List.of(split, JsonParts.isOfType(part, "Metaspace") ? bytes() : part));
    }

    private static JsonObject bytes() {
        JsonObject bytes = JsonParts.typed("ByteLevel");
        bytes.addProperty("add_prefix_space", false);
        bytes.addProperty("trim_offsets", true);
        bytes.addProperty("use_regex", false);
        return bytes;
    }
}
