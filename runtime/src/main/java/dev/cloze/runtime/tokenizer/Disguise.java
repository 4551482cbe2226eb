package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives special tokens names that no text can spell, so that {@code [MASK]} or {@code </s>} in a text is only text.
 *
 * <p>Emptying the list of added tokens would not be enough: a unigram model finds {@code </s>} among its ordinary
 * tokens. All ids stay as they are.
 */
final class Disguise {

    private final Map<String, String> names = new HashMap<>();
    private final BitSet beginnings = new BitSet();

    private Disguise(Set<String> specials) {
        // NUL and a space survive no pre-tokenizer in use; the number keeps the name from being written on purpose.
        String unspellable =
                "\0 " + Long.toHexString(ThreadLocalRandom.current().nextLong()) + " ";
        for (String special : specials) {
            names.put(special, unspellable + names.size());
            if (!special.isEmpty()) {
                beginnings.set(special.charAt(0));
            }
        }
    }

    /** Changes the {@code tokenizer.json} in place. */
    static void apply(JsonObject tokenizer, Set<String> specials) {
        Disguise disguise = new Disguise(specials);
        disguise.addedTokens(tokenizer);
        disguise.model(tokenizer.getAsJsonObject("model"));
        // What would change or cut the ids of a plain text.
        for (String section : new String[] {"truncation", "padding", "post_processor"}) {
            tokenizer.add(section, JsonNull.INSTANCE);
        }
    }

    private void addedTokens(JsonObject tokenizer) {
        if (!tokenizer.has("added_tokens")) {
            tokenizer.add("added_tokens", new JsonArray());
        }
        for (JsonElement element : tokenizer.getAsJsonArray("added_tokens")) {
            JsonObject token = element.getAsJsonObject();
            String name = names.get(token.get("content").getAsString());
            if (name != null) {
                token.addProperty("content", name);
                token.addProperty("normalized", false);
            }
        }
    }

    private void model(JsonObject model) {
        JsonElement vocabulary = model.get("vocab");
        if (vocabulary.isJsonArray()) {
            vocabulary.getAsJsonArray().forEach(pair -> renameFirst(pair.getAsJsonArray()));
        } else {
            names.forEach((special, name) -> {
                JsonElement id = vocabulary.getAsJsonObject().remove(special);
                if (id != null) {
                    vocabulary.getAsJsonObject().add(name, id);
                }
            });
        }
        JsonElement unknown = model.get("unk_token");
        if (unknown != null && unknown.isJsonPrimitive() && names.containsKey(unknown.getAsString())) {
            model.addProperty("unk_token", names.get(unknown.getAsString()));
        }
        if (model.has("merges")) {
            model.add("merges", merges(model.getAsJsonArray("merges"), model));
            model.add("dropout", JsonNull.INSTANCE); // random splits are for pre-training
        }
    }

    private void renameFirst(JsonArray pair) {
        String name = names.get(pair.get(0).getAsString());
        if (name != null) {
            pair.set(0, new JsonPrimitive(name));
        }
    }

    /** Without those that would make, or start from, a special token. */
    private JsonArray merges(JsonArray merges, JsonObject model) {
        JsonElement prefix = model.get("continuing_subword_prefix");
        int skipped =
                prefix == null || prefix.isJsonNull() ? 0 : prefix.getAsString().length();
        JsonArray kept = new JsonArray(merges.size());
        for (JsonElement merge : merges) {
            if (!isSpecial(merge, skipped)) {
                kept.add(merge);
            }
        }
        return kept;
    }

    /** Whether one of the two, or what they make, is special. */
    private boolean isSpecial(JsonElement merge, int skipped) {
        String left;
        String right;
        if (merge.isJsonArray()) {
            left = merge.getAsJsonArray().get(0).getAsString();
            right = merge.getAsJsonArray().get(1).getAsString();
        } else {
            String pair = merge.getAsString();
            int space = pair.indexOf(' ');
            if (space < 0) {
                return false;
            }
            left = pair.substring(0, space);
            right = pair.substring(space + 1);
        }
        return names.containsKey(left)
                || names.containsKey(right)
                || (begins(left) && names.containsKey(left + right.substring(Math.min(skipped, right.length()))));
    }

    /** Whether a special token may begin so: hardly one of the many merges does, and no other need be joined. */
    private boolean begins(String left) {
        return left.isEmpty() || beginnings.get(left.charAt(0));
    }
}
