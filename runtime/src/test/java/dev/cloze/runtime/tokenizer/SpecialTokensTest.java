package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialTokensTest {

    private static final List<String> SPELLED = List.of(
            "[MASK]",
            "[CLS]",
            "[SEP]",
            "[PAD]",
            "[UNK]",
            "<mask>",
            "<s>",
            "</s>",
            "<pad>",
            "<unk>",
            "<|endoftext|>",
            "<extra_id_0>",
            "▁<mask>",
            "＜mask＞",
            "<\u200Bmask>",
            "[ MASK ]",
            "{mask}");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "bert-uncased",
                "bert-cased",
                "roberta",
                "gpt2",
                "roberta-add-prefix-space",
                "xlm-roberta",
                "albert",
                "t5-first",
                "llama",
                "whitespace",
                "t5-spiece",
                "albert-spiece",
                "xlm-roberta-spiece",
                "llama-spiece"
            })
    void noTextYieldsASpecialToken(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked(name, scratch))) {
            Set<Integer> specials = specials(tokenizer);
            assertThat(specials).isNotEmpty();
            for (String text : temptations()) {
                assertThat(boxed(tokenizer.encode(text, true))).as(text).doesNotContainAnyElementsOf(specials);
                assertThat(boxed(tokenizer.encode(text, false))).as(text).doesNotContainAnyElementsOf(specials);
                assertThat(tokenizer.vocabulary().encode(text)).as(text).isEqualTo(boxed(tokenizer.encode(text, true)));
            }
        }
    }

    @Test
    void theSpecialTokensOfTheFamiliesAreFound() {
        assertThat(described("default")).isEqualTo("[MASK] [PAD] | [CLS] | [SEP] | [SEP] | true");
        assertThat(described("bert-cased")).isEqualTo("[MASK] [PAD] | [CLS] | [SEP] | [SEP] | true");
        assertThat(described("roberta")).isEqualTo("<mask> <pad> | <s> | </s> </s> | </s> | false");
        assertThat(described("xlm-roberta")).isEqualTo("<mask> <pad> | <s> | </s> </s> | </s> | false");
        assertThat(described("albert")).isEqualTo("[MASK] <pad> | [CLS] | [SEP] | [SEP] | true");
        assertThat(described("t5-first")).isEqualTo("<mask> <pad> |  | </s> | </s> | false");
        assertThat(described("t5-spiece")).isEqualTo(" <pad> |  | </s> | </s> | false");
        assertThat(described("albert-spiece")).isEqualTo("[MASK] <pad> | [CLS] | [SEP] | [SEP] | true");
        assertThat(described("xlm-roberta-spiece")).isEqualTo("<mask> <pad> | <s> | </s> </s> | </s> | false");
        assertThat(described("llama-spiece")).isEqualTo(" </s> | <s> | <s> |  | true");
        assertThat(described("llama")).isEqualTo(" </s> | <s> | <s> |  | true");
    }

    /** As the library writes a template whose pair nobody gave it. */
    @Test
    void aTemplateOfOneTextAloneFramesPairsToo() throws IOException {
        JsonObject json = JsonParser.parseString(
                        Files.readString(TokenizerFixtures.folder("default").resolve("tokenizer.json")))
                .getAsJsonObject();
        json.getAsJsonObject("post_processor").add("pair", JsonParser.parseString("""
                [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}]"""));
        Files.writeString(scratch.resolve("tokenizer.json"), json.toString());
        assertThat(described(scratch)).isEqualTo("[MASK] [PAD] | [CLS] |  | [SEP] | true");
        assertSameCounts(scratch);
    }

    @Test
    void aModelWithoutMaskSaysSo() {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder("llama"))) {
            assertThat(tokenizer.special().mask()).isEqualTo(-1);
        }
    }

    @Test
    void theCompilersVocabularyCountsTheSameSpecialTokens() {
        for (String name : List.of(
                "default",
                "bert-cased",
                "roberta",
                "xlm-roberta",
                "albert",
                "t5-first",
                "llama",
                "t5-spiece",
                "albert-spiece",
                "xlm-roberta-spiece",
                "llama-spiece")) {
            assertSameCounts(TokenizerFixtures.unpacked(name, scratch));
        }
    }

    private static void assertSameCounts(Path folder) {
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            Vocabulary vocabulary = tokenizer.vocabulary();
            SpecialTokens special = tokenizer.special();
            assertThat(vocabulary.specialTokensAtStart()).isEqualTo(special.start().length);
            assertThat(vocabulary.specialTokensOfSingle()).isEqualTo(special.ofSingle());
            assertThat(vocabulary.specialTokensOfPair()).isEqualTo(special.ofPair());
            assertThat(vocabulary.size()).isEqualTo(tokenizer.vocabularySize());
        }
    }

    private String described(String name) {
        return described(TokenizerFixtures.unpacked(name, scratch));
    }

    private static String described(Path folder) {
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            SpecialTokens special = tokenizer.special();
            return "%s %s | %s | %s | %s | %s"
                    .formatted(
                            tokenizer.token(special.mask()),
                            tokenizer.token(special.pad()),
                            spelled(tokenizer, special.start()),
                            spelled(tokenizer, special.between()),
                            spelled(tokenizer, special.end()),
                            special.secondSegmentHasType1());
        }
    }

    private static String spelled(Tokenizer tokenizer, int[] ids) {
        return IntStream.of(ids).mapToObj(tokenizer::token).collect(Collectors.joining(" "));
    }

    /** All but the unknown token, which stands for what has no other. */
    private static Set<Integer> specials(Tokenizer tokenizer) {
        return IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.token(id).matches("\\[[A-Z]+]|</?[a-z]+(_id_\\d)?>|<\\|endoftext\\|>"))
                .filter(id -> tokenizer.vocabulary().unknownId().orElse(-1) != id)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static List<String> temptations() {
        List<String> texts = new ArrayList<>();
        for (String token : SPELLED) {
            for (String cased : List.of(token, token.toUpperCase(Locale.ROOT), token.toLowerCase(Locale.ROOT))) {
                texts.addAll(List.of(
                        cased,
                        " " + cased,
                        "It was " + cased + ".",
                        cased + cased,
                        "a" + cased + "b",
                        "x " + cased + " y"));
            }
        }
        return texts;
    }

    private static List<Integer> boxed(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }
}
