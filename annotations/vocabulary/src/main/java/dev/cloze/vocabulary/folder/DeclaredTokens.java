package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the files beside the vocabulary say of its added tokens: {@code added_tokens_decoder} of tokenizer_config.json, or
 * the older added_tokens.json; and which tokens have a role, and so are special.
 */
final class DeclaredTokens {

    static final List<String> ROLES =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    /** Lists of further special tokens, or objects with them as values: transformers 4 and 5 name them differently. */
    private static final List<String> FURTHER = List.of("additional_special_tokens", "extra_special_tokens");

    private static final String LEGACY_FILE = "added_tokens.json";

    private final TokenizerFolder folder;
    private final Set<String> special = new HashSet<>();

    private DeclaredTokens(TokenizerFolder folder) {
        this.folder = folder;
        ROLES.forEach(role -> folder.token(role).ifPresent(special::add));
        for (String list : FURTHER) {
            folder.setting(list).ifPresent(this::addFurther);
        }
    }

    private void addFurther(JsonElement further) {
        Iterable<JsonElement> tokens =
                further.isJsonObject() ? further.getAsJsonObject().asMap().values() : further.getAsJsonArray();
        for (JsonElement token : tokens) {
            special.add(
                    token.isJsonObject()
                            ? token.getAsJsonObject().get("content").getAsString()
                            : token.getAsString());
        }
    }

    /** Adds to a {@code tokenizer.json}, in place, the tokens it lacks, and marks as special what is declared so. */
    static void complete(JsonObject tokenizer, TokenizerFolder folder) {
        DeclaredTokens declared = new DeclaredTokens(folder);
        JsonArray added = tokenizer.get("added_tokens") instanceof JsonArray present ? present : new JsonArray();
        Map<String, JsonObject> byName = new HashMap<>();
        added.forEach(
                token -> byName.put(token.getAsJsonObject().get("content").getAsString(), token.getAsJsonObject()));
        for (JsonObject token : declared.tokens()) {
            if (byName.putIfAbsent(token.get("content").getAsString(), token) == null) {
                added.add(token);
            }
        }
        byName.forEach((name, token) -> {
            if (declared.special.contains(name)) {
                token.addProperty("special", true);
            }
        });
        declared.addBracketed(tokenizer.getAsJsonObject("model").get("vocab"), byName.keySet(), added);
        List<JsonElement> sorted = new ArrayList<>(added.asList());
        sorted.sort(Comparator.comparingInt(
                token -> token.getAsJsonObject().get("id").getAsInt()));
        JsonArray inOrder = new JsonArray(sorted.size());
        sorted.forEach(inOrder::add);
        tokenizer.add("added_tokens", inOrder);
        AddedIds.check(tokenizer, folder);
    }

    /** The tokens of the files, in the order of their ids, as a {@code tokenizer.json} has them. */
    private List<JsonObject> tokens() {
        List<JsonObject> tokens = new ArrayList<>();
        folder.setting("added_tokens_decoder")
                .ifPresentOrElse(
                        decoder -> decoder.getAsJsonObject()
                                .asMap()
                                .forEach((id, token) -> tokens.add(
                                        withId(token.getAsJsonObject().deepCopy(), Integer.parseInt(id)))),
                        () -> tokens.addAll(legacy()));
        tokens.sort(Comparator.comparingInt(token -> token.get("id").getAsInt()));
        return tokens;
    }

    private List<JsonObject> legacy() {
        List<JsonObject> tokens = new ArrayList<>();
        if (folder.files().has(LEGACY_FILE)) {
            folder.files().object(LEGACY_FILE).asMap().forEach((content, id) -> {
                boolean isSpecial = special.contains(content);
                tokens.add(JsonParts.addedToken(content, id.getAsInt(), isSpecial, !isSpecial));
            });
        }
        return tokens;
    }

    private static JsonObject withId(JsonObject token, int id) {
        token.addProperty("id", id);
        for (String flag : new String[] {"single_word", "lstrip", "rstrip", "special"}) {
            if (!token.has(flag)) {
                token.addProperty(flag, false);
            }
        }
        if (!token.has("normalized")) {
            token.addProperty("normalized", !token.get("special").getAsBoolean());
        }
        return token;
    }

    /** Tokens with a role that are only in the vocabulary; but where a model pads with an ordinary "!", that is a word. */
    private void addBracketed(JsonElement vocabulary, Set<String> known, JsonArray added) {
        if (vocabulary instanceof JsonObject ids) {
            special.stream()
                    .filter(name -> isBracketed(name) && ids.has(name) && !known.contains(name))
                    .sorted(Comparator.comparingInt(name -> ids.get(name).getAsInt()))
                    .forEach(name ->
                            added.add(JsonParts.addedToken(name, ids.get(name).getAsInt(), true, false)));
        } else if (vocabulary instanceof JsonArray pairs) {
            for (int id = 0; id < pairs.size(); id++) {
                String name = pairs.get(id).getAsJsonArray().get(0).getAsString();
                if (special.contains(name) && isBracketed(name) && !known.contains(name)) {
                    added.add(JsonParts.addedToken(name, id, true, false));
                }
            }
        }
    }

    private static boolean isBracketed(String token) {
        return (token.startsWith("<") && token.endsWith(">")) || (token.startsWith("[") && token.endsWith("]"));
    }
}
