package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** Builds the normalizer a {@code tokenizer.json} describes. */
final class NormalizerReader {

    private NormalizerReader() {}

    static Normalizer read(@Nullable JsonElement element) {
        return element == null ? Normalizer.NONE : read(Fields.of("normalizer", element));
    }

    private static Normalizer read(Fields fields) {
        return switch (fields.text("type")) {
            case "Sequence" ->
                fields.list("normalizers").stream()
                        .map(NormalizerReader::read)
                        .reduce(Normalizer.NONE, Normalizer::then);
            case "BertNormalizer" -> bert(fields);
            case "Lowercase" -> (text, place) -> CaseAndAccents.lower(text);
            default -> throw Unreadable.unsupported("normalizer", fields.text("type"));
        };
    }

    private static Normalizer bert(Fields fields) {
        boolean lowercase = fields.flag("lowercase", true);
        return new BertNormalizer(
                fields.flag("clean_text", true),
                fields.flag("handle_chinese_chars", true),
                fields.flag("strip_accents", lowercase),
                lowercase);
    }
}
