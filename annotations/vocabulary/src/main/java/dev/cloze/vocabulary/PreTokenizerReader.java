package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** Builds the pre-tokenizer a {@code tokenizer.json} describes. */
final class PreTokenizerReader {

    private static final PreTokenizer WHITESPACE_SPLIT =
            Pattern.characters(Characters::isWhitespace).splitting(Behavior.REMOVED);

    private static final PreTokenizer WORDS = words();

    private PreTokenizerReader() {}

    /** What word characters or other ones run together, without white space. */
    private static PreTokenizer words() {
        String word = JavaClass.of(CharacterTables.of("word"));
        String space = JavaClass.of(RegexProperties.of("space").orElseThrow());
        return Pattern.regex(java.util.regex.Pattern.compile(word + "+|[^" + word + space + "]+"))
                .inverted()
                .splitting(Behavior.REMOVED);
    }

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
                WHITESPACE_SPLIT.then(
                        Pattern.characters(Characters::isPunctuation).splitting(Behavior.ISOLATED));
            case "WhitespaceSplit" -> WHITESPACE_SPLIT;
            case "Whitespace" -> WORDS;
            case "ByteLevel" -> ByteLevel.of(fields.flag("add_prefix_space", true), fields.flag("use_regex", true));
            case "Metaspace" -> Metaspace.read(fields);
            case "Split" -> split(fields);
            case "Punctuation" ->
                Pattern.characters(Characters::isPunctuation)
                        .splitting(Behavior.of(fields.text("behavior", "Isolated")));
            case "Digits" ->
                Pattern.characters(Characters::isNumeric)
                        .splitting(fields.flag("individual_digits", false) ? Behavior.ISOLATED : Behavior.CONTIGUOUS);
            case "CharDelimiterSplit" -> {
                int delimiter = fields.text("delimiter").codePointAt(0);
                yield Pattern.characters(c -> c == delimiter).splitting(Behavior.REMOVED);
            }
            default -> throw Unreadable.unsupported("pre_tokenizer", fields.text("type"));
        };
    }

    private static PreTokenizer split(Fields fields) {
        Pattern pattern = Pattern.regex(Pattern.expression(fields));
        return (fields.flag("invert", false) ? pattern.inverted() : pattern)
                .splitting(Behavior.of(fields.text("behavior")));
    }
}
