package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A {@code tokenizer.json} in the making, out of a folder that has only the older files. */
final class TokenizerJson {

    private final TokenizerFolder folder;
    private final JsonObject vocabulary;
    private final JsonObject json = new JsonObject();
    private final JsonArray added = new JsonArray();
    private final Set<String> known = new HashSet<>();

    TokenizerJson(TokenizerFolder folder, JsonObject vocabulary) {
        this.folder = folder;
        this.vocabulary = vocabulary;
        json.addProperty("version", "1.0");
        json.add("normalizer", JsonNull.INSTANCE);
        addBeyondVocabulary();
    }

    static JsonObject typed(String type) {
        JsonObject part = new JsonObject();
        part.addProperty("type", type);
        return part;
    }

    void put(String section, JsonObject part) {
        json.add(section, part);
    }

    /** The token that has the role, by the settings or else by custom, marked as special if the vocabulary has it. */
    String special(String role, String custom) {
        String token = folder.token(role).orElse(custom);
        JsonElement id = vocabulary.get(token);
        if (id != null) {
            add(token, id.getAsInt());
        }
        return token;
    }

    /** {@code ["[SEP]", 102]}, which processors want. */
    JsonArray tokenAndId(String token) {
        JsonElement id = vocabulary.get(token);
        if (id == null) {
            throw new ClozeException(Problem.TOKENIZER_UNREADABLE, """
                    The vocabulary of %s has no token %s, which the model puts around every text.
                      Either the vocabulary belongs to another model, or special_tokens_map.json names another token.""".formatted(folder.path(), token));
        }
        JsonArray pair = new JsonArray();
        pair.add(token);
        pair.add(id);
        return pair;
    }

    JsonObject json() {
        json.add("added_tokens", added);
        return json;
    }

    /** Tokens added after training have a file of their own. */
    private void addBeyondVocabulary() {
        if (folder.has("added_tokens.json")) {
            folder.object("added_tokens.json").asMap().entrySet().stream()
                    .sorted(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.getAsInt(), b.getAsInt())))
                    .forEach(token -> add(token.getKey(), token.getValue().getAsInt()));
        }
    }

    private void add(String content, int id) {
        if (!known.add(content)) {
            return; // one token may have several roles
        }
        JsonObject token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", content);
        for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
            token.addProperty(flag, false);
        }
        token.addProperty("special", true);
        added.add(token);
    }
}
