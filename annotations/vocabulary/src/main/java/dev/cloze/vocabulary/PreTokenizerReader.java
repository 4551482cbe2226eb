package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** Builds the pre-tokenizer a {@code tokenizer.json} describes. */
final class PreTokenizerReader {

    private PreTokenizerReader() {}

    static PreTokenizer read(@Nullable JsonElement element) {
        return element == null ? PreTokenizer.NONE : read(Fields.of("pre_tokenizer", element));
    }

    private static PreTokenizer read(Fields fields) {
        return switch (fields.text("type")) {
            case "Sequence" ->
                fields.list("pretokenizers").stream()
                        .map(PreTokenizerReader::read)
                        .reduce(PreTokenizer.NONE, PreTokenizer::then);
            case "BertPreTokenizer" ->
                CharacterSplit.removing(Characters::isWhitespace)
                        .then(CharacterSplit.isolating(Characters::isPunctuation));
            case "WhitespaceSplit" -> CharacterSplit.removing(Characters::isWhitespace);
            default -> throw Unreadable.unsupported("pre_tokenizer", fields.text("type"));
        };
    }
}
