package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of character, in a word, goes through the stages of a tokenizer as it does in the library, on every Java;
 * {@link CharacterTablesTest} goes through all.
 */
@Tag("slow") // the better part of a minute
class CharacterSweepTest {

    private static final int BLOCK = 0x100;

    private static final String BERT = """
            {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                            "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                 {"type": "BertPreTokenizer"}, {"type": "Digits", "individual_digits": true}]}}""";

    /** As DeepSeek, Qwen and the models after GPT-4 split: properties, scripts, scopes of ignored case, line ends. */
    private static final List<String> REGEXES = List.of(
            "\\p{N}{1,3}",
            "[一-龥\u3040-ゟ゠-ヿ]+",
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                    + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+|\\s+$",
            "[\\p{Han}\\p{Hiragana}&&[^一]]+|[^\\W\\d_]+|[[:punct:]]+|[^\\S\\n]+",
            "\\p{Cn}|\\p{Cf}|[[:^alpha:]\\p{^Lowercase_Letter}]{2}|\\p{Emoji}");

    @Test
    void everyCharacterIsTreatedAsTheLibraryDoes() {
        sweep(BERT, c -> "a" + Character.toString(c) + "b ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NFC", "NFD", "NFKC", "NFKD"})
    void everyCharacterIsNormalizedAsTheLibraryDoes(String form) {
        sweep(
                "{\"normalizer\": {\"type\": \"%s\"}, \"pre_tokenizer\": {\"type\": \"Whitespace\"}}".formatted(form),
                c -> "a" + Character.toString(c) + "\u0323\u0301" + Character.toString(c) + Character.toString(c)
                        + " ");
    }

    @Test
    void everyCharacterIsSplitByRegularExpressionsAsTheLibraryDoes() {
        for (String regex : REGEXES) {
            JsonObject split = JsonParser.parseString(
                            "{\"type\": \"Split\", \"pattern\": {}, \"behavior\": \"Isolated\", \"invert\": false}")
                    .getAsJsonObject();
            split.getAsJsonObject("pattern").addProperty("Regex", regex);
            JsonObject stages = new JsonObject();
            stages.add("pre_tokenizer", split);
            sweep(stages.toString(), c -> "a" + Character.toString(c) + " \n" + Character.toString(c) + "1 ");
        }
    }

    @Test
    void everyCharacterGoesThroughTheTableOfSentencePieceAsItDoesInTheLibrary() {
        JsonObject stages = new JsonObject();
        stages.add(
                "normalizer",
                JsonParser.parseString(Fixtures.tokenizer("xlm-roberta"))
                        .getAsJsonObject()
                        .get("normalizer"));
        stages.add("pre_tokenizer", JsonParser.parseString("{\"type\": \"WhitespaceSplit\"}"));
        sweep(stages.toString(), c -> "\u00AA" + Character.toString(c) + "e" + Character.toString(c) + "b ");
    }

    /** Byte tokens show each character; the space that each part gets shows where the text was split. */
    private static void sweep(String stages, IntFunction<String> text) {
        JsonObject tokenizer = JsonParser.parseString(Fixtures.tokenizer("roberta-add-prefix-space"))
                .getAsJsonObject();
        tokenizer.getAsJsonObject("model").add("merges", new JsonArray());
        JsonObject parts = JsonParser.parseString(stages).getAsJsonObject();
        parts.asMap().forEach(tokenizer::add);
        JsonObject bytes = JsonParser.parseString(
                        "{\"type\": \"Sequence\", \"pretokenizers\": [{}, {\"type\": \"ByteLevel\","
                                + " \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": false}]}")
                .getAsJsonObject();
        bytes.getAsJsonArray("pretokenizers").set(0, parts.get("pre_tokenizer"));
        tokenizer.add("pre_tokenizer", bytes);
        Vocabulary vocabulary = Fixtures.read(tokenizer.toString());
        List<String> different = new ArrayList<>();
        try (Reference reference = new Reference(tokenizer.toString())) {
            for (int from = 0; from <= Character.MAX_CODE_POINT; from += BLOCK) {
                StringBuilder block = new StringBuilder();
                int step =
                        isOfOneKind(from) ? BLOCK - 1 : 1; // ideographs, syllables, nothing at all: two of each block
                for (int c = from; c < from + BLOCK && !isSurrogate(c); c += step) {
                    block.append(text.apply(c));
                }
                if (!vocabulary.encode(block.toString()).equals(reference.encode(block.toString()))) {
                    different.addAll(differences(vocabulary, reference, from, text));
                }
            }
        }
        assertThat(different).as(stages).isEmpty();
    }

    private static List<String> differences(
            Vocabulary vocabulary, Reference reference, int from, IntFunction<String> text) {
        List<String> different = new ArrayList<>(List.of("in U+%04X".formatted(from)));
        for (int c = from; c < from + BLOCK; c++) {
            if (!vocabulary.encode(text.apply(c)).equals(reference.encode(text.apply(c)))) {
                different.add("U+%04X".formatted(c));
            }
        }
        return different;
    }

    private static boolean isOfOneKind(int from) {
        return IntStream.range(from, from + BLOCK).allMatch(c -> Character.getType(c) == Character.getType(from));
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
