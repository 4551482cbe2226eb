package dev.cloze.runtime;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lower-casing WordPiece {@code tokenizer.json} of given tokens. */
final class TinyTokenizer {

    private TinyTokenizer() {}

    static String json(List<String> vocabulary, List<String> special, @Nullable String start, String end) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        List<Object> added = new ArrayList<>();
        special.forEach(token -> added.add(Map.of(
                "id", vocabulary.indexOf(token),
                "content", token,
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", false,
                "special", true)));
        json.put("added_tokens", added);
        json.put(
                "normalizer",
                Map.of("type", "BertNormalizer", "clean_text", true, "handle_chinese_chars", true, "lowercase", true));
        json.put("pre_tokenizer", Map.of("type", "BertPreTokenizer"));
        json.put("post_processor", frame(vocabulary, start, end));
        json.put("decoder", Map.of("type", "WordPiece", "prefix", "##", "cleanup", true));
        Map<String, Integer> ids = new LinkedHashMap<>();
        vocabulary.forEach(token -> ids.put(token, ids.size()));
        json.put(
                "model",
                Map.of(
                        "type", "WordPiece",
                        "unk_token", "[UNK]",
                        "continuing_subword_prefix", "##",
                        "max_input_chars_per_word", 100,
                        "vocab", ids));
        return new Gson().toJson(json);
    }

    private static Map<String, Object> frame(List<String> vocabulary, @Nullable String start, String end) {
        List<Object> single = new ArrayList<>();
        List<Object> pair = new ArrayList<>();
        Map<String, Object> used = new LinkedHashMap<>();
        if (start != null) {
            single.add(special(start));
            used.put(start, description(vocabulary, start));
        }
        used.put(end, description(vocabulary, end));
        single.add(sequence("A", 0));
        single.add(special(end));
        pair.addAll(single);
        pair.add(sequence("B", 1));
        pair.add(special(end));
        return Map.of("type", "TemplateProcessing", "single", single, "pair", pair, "special_tokens", used);
    }

    private static Map<String, Object> special(String token) {
        return Map.of("SpecialToken", Map.of("id", token, "type_id", 0));
    }

    private static Map<String, Object> sequence(String id, int type) {
        return Map.of("Sequence", Map.of("id", id, "type_id", type));
    }

    private static Map<String, Object> description(List<String> vocabulary, String token) {
        return Map.of("id", token, "ids", List.of(vocabulary.indexOf(token)), "tokens", List.of(token));
    }
}
