package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Builds the model a {@code tokenizer.json} describes, without its special tokens: no text can spell one. */
final class ModelReader {

    private ModelReader() {}

    /** The model's tokens, special ones included. */
    static Map<String, Integer> tokens(Fields model) {
        Map<String, Integer> ids = new HashMap<>();
        model.required("vocab").getAsJsonObject().asMap().forEach((token, id) -> ids.put(token, id.getAsInt()));
        return ids;
    }

    static Model read(Fields model, Map<String, Integer> tokens, Set<String> specials) {
        Map<String, Integer> ordinary = new HashMap<>(tokens);
        ordinary.keySet().removeAll(specials);
        return switch (type(model)) {
            case "WordPiece" -> wordPiece(model, tokens, ordinary);
            default -> throw Unreadable.unsupported("model", type(model));
        };
    }

    /** Files of old libraries leave the type out; what they hold tells it. */
    private static String type(Fields model) {
        JsonElement type = model.get("type");
        if (type != null) {
            return type.getAsString();
        }
        if (model.get("merges") != null) {
            return "BPE";
        }
        return model.get("unk_id") != null ? "Unigram" : "WordPiece";
    }

    private static Model wordPiece(Fields model, Map<String, Integer> tokens, Map<String, Integer> ordinary) {
        String unknown = model.text("unk_token", "[UNK]");
        Integer unknownId = tokens.get(unknown);
        if (unknownId == null) {
            throw new Unreadable("the unknown token " + unknown + " is not in the vocabulary");
        }
        return new WordPiece(
                ordinary,
                unknownId,
                model.text("continuing_subword_prefix", "##"),
                model.number("max_input_chars_per_word", 100));
    }
}
