package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A {@code tokenizer.json} in the making, out of a folder that has only other files. */
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
    }

    void put(String section, JsonElement part) {
        json.add(section, part);
    }

    /** The token that has the role, by the settings or else by custom, marked as special if the vocabulary has it. */
    String special(String role, String custom) {
        String token = folder.token(role).orElse(custom);
        mark(token, true);
        return token;
    }

    /** Marks a token, if the vocabulary has it, as special or else as one that is found in a text as it is. */
    void mark(String token, boolean special) {
        JsonElement id = vocabulary.get(token);
        if (id != null) {
            add(token, id.getAsInt(), special);
        }
    }

    /** {@code ["[SEP]", 102]}, which processors want. */
    JsonArray tokenAndId(String token) {
        JsonArray pair = new JsonArray();
        pair.add(token);
        pair.add(id(token));
        return pair;
    }

    private JsonElement id(String token) {
        JsonElement id = vocabulary.get(token);
        if (id == null) {
            throw new ClozeException(Problem.TOKENIZER_UNREADABLE, """
                    The vocabulary of %s has no token %s, which the model puts around every text.
                      Either the vocabulary belongs to another model, or special_tokens_map.json names another token.""".formatted(folder.place(), token));
        }
        return id;
    }

    /** What goes around one text and around two: {@code $A}, {@code $B} and tokens; {@code :1} says a token's type. */
    JsonObject template(List<String> single, List<String> pair) {
        return JsonParts.template(single, pair, token -> id(token).getAsInt());
    }

    JsonObject json() {
        json.add("added_tokens", added);
        return json;
    }

    private void add(String content, int id, boolean isSpecial) {
        if (known.add(content)) { // one token may have several roles
            added.add(JsonParts.addedToken(content, id, isSpecial, false));
        }
    }
}
