package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All tokens with their ids: the model's own and those added to it.
 *
 * @param specials tokens no text may yield
 * @param added ordinary tokens added after training, which are found as they are
 */
record TokenTable(
        Map<String, Integer> ids, SortedMap<Integer, String> tokens, Set<String> specials, List<AddedToken> added) {

    /** The model's tokens, overlaid with the added ones. */
    static TokenTable of(Map<String, Integer> ofModel, Fields file) {
        Map<String, Integer> ids = new HashMap<>(ofModel);
        JsonElement addedTokens = file.get("added_tokens");
        if (addedTokens != null) {
            for (JsonElement element : addedTokens.getAsJsonArray()) {
                Fields token = Fields.of("added_tokens", element);
                ids.put(token.text("content"), token.required("id").getAsInt());
            }
        }
        Set<String> specials = SpecialNames.of(file.json(), ids.keySet());
        SortedMap<Integer, String> tokens = new TreeMap<>();
        ids.forEach((token, id) -> tokens.put(id, token));
        return new TokenTable(Map.copyOf(ids), tokens, Set.copyOf(specials), AddedToken.read(addedTokens, specials));
    }

    /** Whether this is an added token of its own. */
    boolean isAdded(String token) {
        return added.stream().anyMatch(each -> each.content().equals(token));
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
