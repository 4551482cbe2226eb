package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids of added tokens that no vocabulary has: the tokenizers library takes no notice of those a file gives them, but
 * counts on from the vocabulary.
 */
final class AddedIds {

    private AddedIds() {}

    /** Throws where a word among them would get another id than the file says. */
    static void check(JsonObject tokenizer, TokenizerFolder folder) {
        if (tokenizer.getAsJsonArray("added_tokens").asList().stream().allMatch(AddedIds::isSpecial)) {
            return;
        }
        Map<String, Integer> vocabulary =
                vocabulary(tokenizer.getAsJsonObject("model").get("vocab"));
        int highest = -1;
        for (JsonElement element : tokenizer.getAsJsonArray("added_tokens")) {
            JsonObject token = element.getAsJsonObject();
            String content = token.get("content").getAsString();
            int counted = highest >= vocabulary.size() ? highest + 1 : vocabulary.size();
            int id = vocabulary.getOrDefault(content, counted);
            int written = token.get("id").getAsInt();
            if (id != written && !isSpecial(token)) {
                throw folder.unreadable(
                        "its added token \"%s\" has the id %d, but the tokenizers library makes it %d, as ids of added tokens have no gap"
                                .formatted(content, written, id),
                        null);
            }
            highest = Math.max(highest, id);
        }
    }

    private static boolean isSpecial(JsonElement token) {
        JsonElement special = token.getAsJsonObject().get("special");
        return special != null && special.getAsBoolean();
    }

    private static Map<String, Integer> vocabulary(JsonElement vocabulary) {
        Map<String, Integer> ids = new HashMap<>();
        if (vocabulary.isJsonObject()) {
            vocabulary.getAsJsonObject().asMap().forEach((token, id) -> ids.put(token, id.getAsInt()));
        } else {
            for (JsonElement pair : vocabulary.getAsJsonArray()) {
                ids.put(pair.getAsJsonArray().get(0).getAsString(), ids.size());
            }
        }
        return ids;
    }
}
