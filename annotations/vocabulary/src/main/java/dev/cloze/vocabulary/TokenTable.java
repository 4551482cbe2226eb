package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All tokens with their ids: the model's own and those added to it, of which some are special. */
record TokenTable(Map<String, Integer> ids, SortedMap<Integer, String> tokens, Set<String> specials) {

    /** The model's tokens by id, overlaid with the added ones. */
    static TokenTable of(Map<String, Integer> ofModel, @Nullable JsonElement added) {
        Map<String, Integer> ids = new HashMap<>(ofModel);
        Set<String> specials = new HashSet<>();
        if (added != null) {
            for (JsonElement element : added.getAsJsonArray()) {
                JsonObject token = element.getAsJsonObject();
                String content = token.get("content").getAsString();
                ids.put(content, token.get("id").getAsInt());
                if (token.has("special") && token.get("special").getAsBoolean()) {
                    specials.add(content);
                }
            }
        }
        SortedMap<Integer, String> tokens = new TreeMap<>();
        ids.forEach((token, id) -> tokens.put(id, token));
        return new TokenTable(Map.copyOf(ids), tokens, Set.copyOf(specials));
    }

    /** One more than the highest id. */
    int size() {
        return tokens.isEmpty() ? 0 : tokens.lastKey() + 1;
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
