package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a {@code tokenizer.json} that treat the beginning of an input unlike the rest: a mark before the first
 * word, by the pre-tokenizer or, as in Llama 2 and Mistral, by the normalizer.
 */
final class TextStart {

    private TextStart() {}

    /** Turns these rules off in place; says whether there was any. */
    static boolean unmark(JsonObject tokenizer) {
        boolean prefixed = withoutPrefix(tokenizer.get("pre_tokenizer"));
        return withoutPrepend(tokenizer) || prefixed;
    }

    /** Turns {@code "prepend_scheme": "first"} off. */
    private static boolean withoutPrefix(@Nullable JsonElement preTokenizer) {
        if (preTokenizer == null || !preTokenizer.isJsonObject()) {
            return false;
        }
        JsonObject part = preTokenizer.getAsJsonObject();
        boolean found = false;
        if (part.has("pretokenizers")) {
            for (JsonElement inner : part.getAsJsonArray("pretokenizers")) {
                found |= withoutPrefix(inner);
            }
        }
        if (part.has("prepend_scheme")
                && part.get("prepend_scheme").getAsString().equals("first")) {
            part.addProperty("prepend_scheme", "never");
            part.remove("add_prefix_space");
            found = true;
        }
        return found;
    }

    /** Takes {@code Prepend} out of the normalizer: in running text the space before a word already is that mark. */
    private static boolean withoutPrepend(JsonObject tokenizer) {
        if (!(tokenizer.get("normalizer") instanceof JsonObject normalizer)) {
            return false;
        }
        if (isPrepend(normalizer)) {
            tokenizer.add("normalizer", JsonNull.INSTANCE);
            return true;
        }
        return normalizer.get("normalizers") instanceof JsonArray parts
                && parts.asList().removeIf(TextStart::isPrepend);
    }

    private static boolean isPrepend(JsonElement part) {
        return part.getAsJsonObject().get("type").getAsString().equals("Prepend");
    }
}
