package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens of a {@code tokenizer.json} by name and by id, and which of them are special. */
final class TokenNames {

    private static final List<String> ROLES =
            List.of("mask_token", "pad_token", "cls_token", "sep_token", "bos_token", "eos_token", "unk_token");

    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> specials = new HashSet<>();
    private final String[] names;
    private boolean ordinaryAdded;

    TokenNames(JsonObject tokenizer, TokenizerFolder folder) {
        readModel(tokenizer.getAsJsonObject("model").get("vocab"));
        readAdded(tokenizer);
        ROLES.forEach(role -> folder.token(role)
                .filter(token -> ids.containsKey(token) && isBracketed(token))
                .ifPresent(specials::add));
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

    private void readAdded(JsonObject tokenizer) {
        if (!tokenizer.has("added_tokens")) {
            return;
        }
        for (JsonElement element : tokenizer.getAsJsonArray("added_tokens")) {
            JsonObject token = element.getAsJsonObject();
            String content = token.get("content").getAsString();
            ids.put(content, token.get("id").getAsInt());
            boolean declared = token.has("special") && token.get("special").getAsBoolean();
            if (declared || isBracketed(content)) {
                specials.add(content);
            } else {
                ordinaryAdded = true;
            }
        }
    }

    /** Some files do not say of {@code [CLS]} that it is special; some models pad with an ordinary "!". */
    private static boolean isBracketed(String token) {
        return (token.startsWith("<") && token.endsWith(">")) || (token.startsWith("[") && token.endsWith("]"));
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
