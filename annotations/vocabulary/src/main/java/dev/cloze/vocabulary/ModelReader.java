package dev.cloze.vocabulary;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.cloze.vocabulary.BytePairs.Merge;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the model a {@code tokenizer.json} describes, without its special tokens: no text can spell one. */
final class ModelReader {

    private static final double UNKNOWN_PENALTY = 10; // below the least probable token

    private ModelReader() {}

    /** The model's tokens, special ones included. */
    static Map<String, Integer> tokens(Fields model) {
        Map<String, Integer> ids = new HashMap<>();
        JsonElement vocabulary = model.required("vocab");
        if (vocabulary.isJsonArray()) { // Unigram: pairs of token and score, in the order of the ids
            List<JsonElement> pairs = vocabulary.getAsJsonArray().asList();
            for (int id = 0; id < pairs.size(); id++) {
                ids.put(pairs.get(id).getAsJsonArray().get(0).getAsString(), id);
            }
        } else {
            vocabulary.getAsJsonObject().asMap().forEach((token, id) -> ids.put(token, id.getAsInt()));
        }
        return ids;
    }

    static Model read(Fields model, Map<String, Integer> tokens, Set<String> specials) {
        Map<String, Integer> ordinary = new HashMap<>(tokens);
        ordinary.keySet().removeAll(specials);
        return switch (type(model)) {
            case "WordPiece" -> wordPiece(model, tokens, ordinary);
            case "BPE" -> bytePairs(model, tokens, ordinary);
            case "Unigram" -> unigram(model, ordinary);
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
        return model.required("vocab").isJsonArray() ? "Unigram" : "WordPiece";
    }

    private static Model wordPiece(Fields model, Map<String, Integer> tokens, Map<String, Integer> ordinary) {
        Integer unknown = unknown(model.text("unk_token", "[UNK]"), tokens);
        return new WordPiece(
                ordinary,
                unknown,
                model.text("continuing_subword_prefix", "##"),
                model.number("max_input_chars_per_word", 100),
                longest(ordinary));
    }

    private static Model bytePairs(Fields model, Map<String, Integer> tokens, Map<String, Integer> ordinary) {
        String continuation = model.text("continuing_subword_prefix", "");
        JsonElement unknown = model.get("unk_token");
        return new BytePairs(
                ordinary,
                merges(model.required("merges").getAsJsonArray(), continuation, ordinary),
                unknown == null ? null : unknown(unknown.getAsString(), tokens),
                model.flag("fuse_unk", false),
                model.flag("byte_fallback", false),
                model.flag("ignore_merges", false),
                continuation,
                model.text("end_of_word_suffix", ""));
    }

    /** A merge that would make a special token is left out with it. */
    private static Map<Long, Merge> merges(JsonArray written, String continuation, Map<String, Integer> ids) {
        Map<Long, Merge> merges = new HashMap<>();
        for (int rank = 0; rank < written.size(); rank++) {
            String[] pair = pair(written.get(rank));
            Integer left = ids.get(pair[0]);
            Integer right = ids.get(pair[1]);
            Integer token = ids.get(pair[0] + pair[1].substring(continuation.length()));
            if (left != null && right != null && token != null) {
                merges.put(BytePairs.pair(left, right), new Merge(rank, token));
            }
        }
        return merges;
    }

    /** Either {@code "a b"} or, as newer libraries write it, {@code ["a", "b"]}. */
    private static String[] pair(JsonElement merge) {
        if (merge.isJsonArray()) {
            JsonArray pair = merge.getAsJsonArray();
            if (pair.size() == 2) {
                return new String[] {pair.get(0).getAsString(), pair.get(1).getAsString()};
            }
        } else {
            String pair = merge.getAsString();
            int space = pair.indexOf(' ');
            if (space >= 0 && pair.indexOf(' ', space + 1) < 0) {
                return new String[] {pair.substring(0, space), pair.substring(space + 1)};
            }
        }
        throw new Unreadable("a merge is not a pair: " + merge);
    }

    private static Model unigram(Fields model, Map<String, Integer> ordinary) {
        double[] scores = model.required("vocab").getAsJsonArray().asList().stream()
                .mapToDouble(pair -> pair.getAsJsonArray().get(1).getAsDouble())
                .toArray();
        int unknown = model.number("unk_id", -1);
        if (unknown >= scores.length) {
            throw new Unreadable("unk_id " + unknown + " is not in the vocabulary");
        }
        return new Unigram(
                ordinary,
                scores,
                Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY,
                longest(ordinary),
                unknown,
                model.flag("byte_fallback", false));
    }

    private static int longest(Map<String, Integer> tokens) {
        return tokens.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    private static Integer unknown(String token, Map<String, Integer> tokens) {
        @Nullable Integer id = tokens.get(token);
        if (id == null) {
            throw new Unreadable("the unknown token " + token + " is not in the vocabulary");
        }
        return id;
    }
}
