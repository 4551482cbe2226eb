package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every character of the first plane, in a word, goes through BERT's stages as it does in the library. */
class CharacterSweepTest {

    private static final String STAGES = """
            {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                            "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                 {"type": "BertPreTokenizer"}, {"type": "Digits", "individual_digits": true},
                 {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": false}]}}""";

    @Test
    void everyCharacterIsTreatedAsTheLibraryDoes() {
        // Byte tokens show each character; the space that each part gets shows where the text was split.
        JsonObject tokenizer = JsonParser.parseString(Fixtures.tokenizer("roberta-add-prefix-space"))
                .getAsJsonObject();
        JsonParser.parseString(STAGES).getAsJsonObject().asMap().forEach(tokenizer::add);
        Vocabulary vocabulary = Fixtures.read(tokenizer.toString());
        List<String> different = new ArrayList<>();
        try (Reference reference = new Reference(tokenizer.toString())) {
            for (int c = 0; c < Character.MIN_SURROGATE; c++) {
                String text = "a" + Character.toString(c) + "b";
                if (Character.isDefined(c) && !vocabulary.encode(text).equals(reference.encode(text))) {
                    different.add("U+%04X".formatted(c));
                }
            }
        }
        assertThat(different).isEmpty();
    }
}
