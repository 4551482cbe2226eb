package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All tokens with their ids: the model's own and those added to it.
 *
 * @param specials tokens no text may yield
 * @param added ordinary tokens added after training, which are found as they are
 */
record TokenTable(
        Map<String, Integer> ids, SortedMap<Integer, String> tokens, Set<String> specials, Set<String> added) {

    /** The model's tokens, overlaid with the added ones; those of the post-processor are special in any case. */
    static TokenTable of(Map<String, Integer> ofModel, @Nullable JsonElement addedTokens, Set<String> ofPostProcessor) {
        Map<String, Integer> ids = new HashMap<>(ofModel);
        Set<String> specials = new HashSet<>(ofPostProcessor);
        Set<String> added = new HashSet<>();
        if (addedTokens != null) {
            for (JsonElement element : addedTokens.getAsJsonArray()) {
                Fields token = Fields.of("added_tokens", element);
                String content = token.text("content");
                ids.put(content, token.required("id").getAsInt());
                (token.flag("special", false) || isBracketed(content) ? specials : added).add(content);
            }
        }
        added.removeAll(specials);
        SortedMap<Integer, String> tokens = new TreeMap<>();
        ids.forEach((token, id) -> tokens.put(id, token));
        return new TokenTable(Map.copyOf(ids), tokens, Set.copyOf(specials), Set.copyOf(added));
    }

    /** Some files do not say of {@code [CLS]} that it is special. */
    private static boolean isBracketed(String token) {
        return (token.startsWith("<") && token.endsWith(">")) || (token.startsWith("[") && token.endsWith("]"));
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
