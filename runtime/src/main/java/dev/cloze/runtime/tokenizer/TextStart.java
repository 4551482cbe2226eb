package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** The one rule of a {@code tokenizer.json} that treats the first word of an input unlike the others. */
final class TextStart {

    private TextStart() {}

    /** Turns {@code "prepend_scheme": "first"} off in place; says whether there was any. */
    static boolean unmark(@Nullable JsonElement preTokenizer) {
        if (preTokenizer == null || !preTokenizer.isJsonObject()) {
            return false;
        }
        JsonObject part = preTokenizer.getAsJsonObject();
        boolean found = false;
        if (part.has("pretokenizers")) {
            for (JsonElement inner : part.getAsJsonArray("pretokenizers")) {
                found |= unmark(inner);
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
}
