package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.vocabulary.SpecialNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Special tokens beyond the rows of the model's embedding that no text needs, such as a padding token that was added after
 * training: a tokenizer is read without them, so that nothing can name them.
 */
final class RowlessTokens {

    private RowlessTokens() {}

    /**
     * Takes them out of a {@code tokenizer.json}, in place, and says their names. None are taken out where another token has no
     * row either: {@link EmbeddingRows#require} refuses such a tokenizer with all its ids.
     */
    static List<String> remove(JsonObject tokenizer, TokenizerFolder folder) {
        int rows = EmbeddingRows.of(TokenizerClass.config(folder)).orElse(Integer.MAX_VALUE);
        if (TokenizerFolder.ids(tokenizer) <= rows || TokenizerFolder.idsOfModel(tokenizer) > rows) {
            return List.of();
        }
        List<JsonElement> rowless = tokenizer.getAsJsonArray("added_tokens").asList().stream()
                .filter(token -> token.getAsJsonObject().get("id").getAsInt() >= rows)
                .toList();
        List<String> names = rowless.stream()
                .map(token -> token.getAsJsonObject().get("content").getAsString())
                .toList();
        if (!needless(tokenizer, folder, new HashSet<>(names))) {
            return List.of();
        }
        rowless.forEach(tokenizer.getAsJsonArray("added_tokens")::remove);
        return names;
    }

    private static boolean needless(JsonObject tokenizer, TokenizerFolder folder, Set<String> names) {
        List<String> needed = new ArrayList<>(SpecialNames.inTexts(tokenizer, names));
        DeclaredTokens.ROLES.stream().filter(role -> !role.equals("pad_token")).forEach(role -> folder.token(role)
                .ifPresent(needed::add));
        return SpecialNames.of(tokenizer, names).containsAll(names)
                && needed.stream().noneMatch(names::contains);
    }
}
