package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tokens of a {@code tokenizer.json} are special, so that no text may yield them: one rule for all readers. */
public final class SpecialNames {

    /** What models have at their masks, around texts and beside them, whether or not a file says that it is special. */
    private static final Set<String> USUAL = Set.of(
            "[MASK]", "[CLS]", "[SEP]", "[UNK]", "<mask>", "<cls>", "<sep>", "<unk>", "<s>", "</s>", "<|endoftext|>");

    /** What fills texts up, which is never looked up. */
    private static final Set<String> PADDING = Set.of("[PAD]", "<pad>");

    private static final Pattern SENTINEL = Pattern.compile("▁?<extra_id_\\d+>");

    private SpecialNames() {}

    /**
     * The names of those among the tokens: all that are declared special, that the post-processor puts around a text, or
     * that stand for what is unknown; and the usual ones. Any other added token is a word.
     *
     * @param tokens all tokens of the file
     */
    public static Set<String> of(JsonObject tokenizer, Set<String> tokens) {
        Set<String> special = inTexts(tokenizer, tokens);
        special.addAll(PADDING);
        special.addAll(declared(tokenizer));
        special.retainAll(tokens);
        return special;
    }

    /**
     * Those of them that a model may be given with a text that names none: all but paddings and what is special by its
     * declaration alone.
     */
    public static Set<String> inTexts(JsonObject tokenizer, Set<String> tokens) {
        Set<String> special = new HashSet<>(USUAL);
        tokens.stream()
                .filter(token -> token.endsWith(">") && SENTINEL.matcher(token).matches())
                .forEach(special::add);
        if (tokenizer.get("model") instanceof JsonObject model
                && model.get("unk_token") instanceof JsonPrimitive unknown) {
            special.add(unknown.getAsString());
        }
        special.addAll(PostProcessor.read(Fields.of("the file", tokenizer).get("post_processor"))
                .tokens());
        special.retainAll(tokens);
        return special;
    }

    private static Set<String> declared(JsonObject tokenizer) {
        Set<String> declared = new HashSet<>();
        JsonElement added = Fields.of("the file", tokenizer).get("added_tokens");
        if (added != null) {
            for (JsonElement element : added.getAsJsonArray()) {
                Fields token = Fields.of("added_tokens", element);
                if (token.flag("special", false)) {
                    declared.add(token.text("content"));
                }
            }
        }
        return declared;
    }
}
