package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.ToIntFunction;

/** The parts of a {@code tokenizer.json} that are of the same form whatever the model. */
final class JsonParts {

    /** SentencePiece's mark of a space. */
    static final String MARK = "▁";

    private JsonParts() {}

    static JsonObject typed(String type) {
        JsonObject part = new JsonObject();
        part.addProperty("type", type);
        return part;
    }

    static boolean isOfType(JsonObject part, String type) {
        return part.has("type") && part.get("type").getAsString().equals(type);
    }

    static JsonObject sequence(String name, List<JsonObject> parts) {
        JsonArray list = new JsonArray();
        parts.forEach(list::add);
        JsonObject sequence = typed("Sequence");
        sequence.add(name, list);
        return sequence;
    }

    /** Puts content in the place of the text. */
    static JsonObject replace(String text, String content) {
        return replace("String", text, content);
    }

    /** Puts content in the place of two spaces and more. */
    static JsonObject replaceSpaces(String content) {
        return replace("Regex", " {2,}", content);
    }

    private static JsonObject replace(String kind, String what, String content) {
        JsonObject replace = typed("Replace");
        replace.add("pattern", pattern(kind, what));
        replace.addProperty("content", content);
        return replace;
    }

    /** Takes a text apart at what the expression matches, which becomes parts of its own. */
    static JsonObject split(String expression) {
        JsonObject split = typed("Split");
        split.add("pattern", pattern("Regex", expression));
        split.addProperty("behavior", "Isolated");
        split.addProperty("invert", false);
        return split;
    }

    private static JsonObject pattern(String kind, String what) {
        JsonObject pattern = new JsonObject();
        pattern.addProperty(kind, what);
        return pattern;
    }

    /** What puts two kinds of tokens around a text, as BERT and RoBERTa each do it. */
    static JsonObject framing(String type, JsonArray end, JsonArray start) {
        JsonObject processor = typed(type);
        processor.add("sep", end);
        processor.add("cls", start);
        return processor;
    }

    static JsonObject strip(boolean left, boolean right) {
        JsonObject strip = typed("Strip");
        strip.addProperty("strip_left", left);
        strip.addProperty("strip_right", right);
        return strip;
    }

    /** An entry of {@code added_tokens} that takes no white space along and may stand inside a word. */
    static JsonObject addedToken(String content, int id, boolean special, boolean normalized) {
        JsonObject token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", content);
        for (String flag : new String[] {"single_word", "lstrip", "rstrip"}) {
            token.addProperty(flag, false);
        }
        token.addProperty("normalized", normalized);
        token.addProperty("special", special);
        return token;
    }

    /** Both the pre-tokenizer and the decoder of this name. */
    static JsonObject metaspace(String prependScheme, boolean split) {
        JsonObject metaspace = typed("Metaspace");
        metaspace.addProperty("replacement", MARK);
        metaspace.addProperty("prepend_scheme", prependScheme);
        metaspace.addProperty("split", split);
        return metaspace;
    }

    /**
     * What goes around one text and around two: {@code $A}, {@code $B} and tokens; {@code :1} says a token's type.
     *
     * @param ids the id of each token
     */
    static JsonObject template(List<String> single, List<String> pair, ToIntFunction<String> ids) {
        JsonObject specials = new JsonObject();
        JsonObject template = typed("TemplateProcessing");
        template.add("single", template(single, specials, ids));
        template.add("pair", template(pair, specials, ids));
        template.add("special_tokens", specials);
        return template;
    }

    private static JsonArray template(List<String> parts, JsonObject specials, ToIntFunction<String> ids) {
        JsonArray template = new JsonArray();
        for (String part : parts) {
            boolean type1 = part.endsWith(":1");
            String name = type1 ? part.substring(0, part.length() - 2) : part;
            boolean text = name.equals("$A") || name.equals("$B");
            JsonObject content = new JsonObject();
            content.addProperty("id", text ? name.substring(1) : name);
            content.addProperty("type_id", type1 ? 1 : 0);
            JsonObject wrapped = new JsonObject();
            wrapped.add(text ? "Sequence" : "SpecialToken", content);
            template.add(wrapped);
            if (!text) {
                specials.add(name, special(name, ids.applyAsInt(name)));
            }
        }
        return template;
    }

    private static JsonObject special(String token, int id) {
        JsonArray ids = new JsonArray();
        ids.add(id);
        JsonArray tokens = new JsonArray();
        tokens.add(token);
        JsonObject special = new JsonObject();
        special.addProperty("id", token);
        special.add("ids", ids);
        special.add("tokens", tokens);
        return special;
    }
}
