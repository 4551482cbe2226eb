package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.vocabulary.SpecialNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens of a {@code tokenizer.json} by name and by id, and which of them are special. */
final class TokenNames {

    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> specials;
    private final String[] names;
    private final boolean ordinaryAdded;

    TokenNames(JsonObject tokenizer) {
        readModel(tokenizer.getAsJsonObject("model").get("vocab"));
        List<String> added = readAdded(tokenizer);
        specials = SpecialNames.of(tokenizer, ids.keySet());
        ordinaryAdded = !specials.containsAll(added);
        names = new String[ids.values().stream().mapToInt(id -> id + 1).max().orElse(0)];
        ids.forEach((token, id) -> names[id] = token);
    }

    private void readModel(JsonElement vocabulary) {
        if (vocabulary.isJsonObject()) {
            vocabulary.getAsJsonObject().asMap().forEach((token, id) -> ids.put(token, id.getAsInt()));
        } else {
            int id = 0;
            for (JsonElement pair : vocabulary.getAsJsonArray()) {
                ids.put(pair.getAsJsonArray().get(0).getAsString(), id++);
            }
        }
    }

    private List<String> readAdded(JsonObject tokenizer) {
        List<String> added = new ArrayList<>();
        if (tokenizer.has("added_tokens")) {
            for (JsonElement element : tokenizer.getAsJsonArray("added_tokens")) {
                JsonObject token = element.getAsJsonObject();
                String content = token.get("content").getAsString();
                ids.put(content, token.get("id").getAsInt());
                added.add(content);
            }
        }
        return added;
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The name of an id, or an empty string where there is none. */
    String name(int id) {
        return id < 0 || id >= names.length || names[id] == null ? "" : names[id];
    }

    int size() {
        return names.length;
    }

    /** Whether there are tokens, added after training, that the library looks for in a text as they are. */
    boolean hasOrdinaryAdded() {
        return ordinaryAdded;
    }

    Set<Integer> specialIds() {
        return specials.stream().map(ids::get).collect(Collectors.toSet());
    }

    Set<String> specials() {
        return specials;
    }
}
