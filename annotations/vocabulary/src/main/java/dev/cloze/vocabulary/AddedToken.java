package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary token added after training, which is found in a text as it is.
 *
 * @param singleWord whether it counts only where no word goes on before or behind it
 * @param leftSpace whether white space before it belongs to it
 * @param rightSpace whether white space behind it belongs to it
 * @param normalized whether it is looked for in the normalized text, itself normalized
 */
record AddedToken(
        String content, int id, boolean singleWord, boolean leftSpace, boolean rightSpace, boolean normalized) {

    /** Those of the {@code added_tokens} that are not special. */
    static List<AddedToken> read(@Nullable JsonElement section, Set<String> specials) {
        List<AddedToken> tokens = new ArrayList<>();
        if (section != null) {
            for (JsonElement element : section.getAsJsonArray()) {
                AddedToken token = of(Fields.of("added_tokens", element));
                if (!specials.contains(token.content) && !token.content.isEmpty()) {
                    tokens.add(token);
                }
            }
        }
        return List.copyOf(tokens);
    }

    private static AddedToken of(Fields fields) {
        return new AddedToken(
                fields.text("content"),
                fields.required("id").getAsInt(),
                fields.flag("single_word", false),
                fields.flag("lstrip", false),
                fields.flag("rstrip", false),
                fields.flag("normalized", !fields.flag("special", false)));
    }

    AddedToken with(String spelled) {
        return new AddedToken(spelled, id, singleWord, leftSpace, rightSpace, normalized);
    }
}
