package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import java.text.Normalizer.Form;
import java.util.regex.Matcher;
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
            case "NFC" -> form(Form.NFC);
            case "NFD" -> form(Form.NFD);
            case "NFKC" -> form(Form.NFKC);
            case "NFKD" -> form(Form.NFKD);
            case "Lowercase" -> (text, place) -> CaseAndAccents.lower(text);
            case "StripAccents" -> (text, place) -> CaseAndAccents.without(text, Characters::isMark);
            case "Strip" -> strip(fields.flag("strip_left", true), fields.flag("strip_right", true));
            case "Replace" -> replace(fields);
            case "Prepend" -> prepend(fields.text("prepend"));
            case "Nmt" -> (text, place) -> CaseAndAccents.nmt(text);
            case "Precompiled" -> CharsMap.decode(fields.text("precompiled_charsmap"));
            case "ByteLevel" -> (text, place) -> ByteLevel.written(text);
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

    private static Normalizer form(Form form) {
        return (text, place) -> UnicodeForm.normalize(text, form);
    }

    private static Normalizer strip(boolean left, boolean right) {
        return (text, place) -> Characters.strip(text, left, right);
    }

    private static Normalizer replace(Fields fields) {
        java.util.regex.Pattern pattern = Pattern.expression(fields);
        String content = Matcher.quoteReplacement(fields.text("content"));
        return (text, place) -> Watched.match(pattern, text, matcher -> matcher.replaceAll(content));
    }

    /** A mark of the text's start; in running text the space before the word already is that mark. */
    private static Normalizer prepend(String mark) {
        return (text, place) -> text.isEmpty() || place != Place.TEXT_START ? text : mark + text;
    }
}
