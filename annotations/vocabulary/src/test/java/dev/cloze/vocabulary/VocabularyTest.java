package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final Vocabulary VOCABULARY = Vocabulary.read(Fixtures.defaultModel());

    @Test
    void aCommonWordIsOneToken() {
        assertThat(VOCABULARY.encodeWord("great", true))
                .containsExactly(VOCABULARY.id("great").orElseThrow());
        assertThat(VOCABULARY.encodeWord("great", false)).isEqualTo(VOCABULARY.encodeWord("great", true));
    }

    @Test
    void specialTokensAreCountedAndFound() {
        assertThat(VOCABULARY.specialTokensOfSingle()).isEqualTo(2);
        assertThat(VOCABULARY.specialTokensOfPair()).isEqualTo(3);
        assertThat(VOCABULARY.maskId()).contains(4);
        assertThat(VOCABULARY.unknownId()).hasValue(1);
        assertThat(VOCABULARY.size()).isEqualTo(12000);
        assertThat(VOCABULARY.token(4)).isEqualTo("[MASK]");
        assertThat(VOCABULARY.token(12000)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "xlm-roberta, 1, 2, 4",
        "albert, 1, 2, 3",
        "t5-first, 0, 1, 2",
        "llama, 1, 1, 2",
        "whitespace, 1, 2, 3",
        "split-rules, 0, 0, 0",
        "roberta-add-prefix-space, 1, 2, 4"
    })
    void eachPostProcessorIsCounted(String name, int start, int single, int pair) {
        Vocabulary read = Fixtures.read(Fixtures.tokenizer(name));
        assertThat(read.specialTokensAtStart()).isEqualTo(start);
        assertThat(read.specialTokensOfSingle()).isEqualTo(single);
        assertThat(read.specialTokensOfPair()).isEqualTo(pair);
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-add-prefix-space, Ġgreat",
        "xlm-roberta, ▁great",
        "albert, ▁great",
        "t5-first, ▁great",
        "llama, ▁ great"
    })
    void aWordAfterASpaceIsTheTokenThatBeginsWithOne(String name, String after) {
        Vocabulary read = Fixtures.read(Fixtures.tokenizer(name));
        assertThat(spelled(read, read.encodeWord("great", true))).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta-add-prefix-space", "xlm-roberta", "albert", "t5-first", "llama"})
    void aGluedWordHasNoMarkOfASpace(String name) {
        Vocabulary read = Fixtures.read(Fixtures.tokenizer(name));
        assertThat(spelled(read, read.encodeWord("great", false)).replace(" ", ""))
                .isEqualTo("great");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta-add-prefix-space", "xlm-roberta", "albert", "t5-first", "llama", "whitespace"})
    void noTextSpellsASpecialToken(String name) {
        Vocabulary read = Fixtures.read(Fixtures.tokenizer(name));
        for (String special : List.of("<mask>", "<s>", "</s>", "<pad>", "[MASK]", "[CLS]", "[SEP]", "<extra_id_0>")) {
            read.id(special).ifPresent(id -> {
                assertThat(read.encode(special)).doesNotContain(id);
                assertThat(read.encode("It was " + special + ".")).doesNotContain(id);
                assertThat(read.encodeWord(special, true)).doesNotContain(id);
            });
        }
    }

    @Test
    void theNearestSingleTokenWordsResembleTheWord() {
        assertThat(VOCABULARY.nearestSingleTokenWords("greatt", true, 3))
                .hasSize(3)
                .contains("great");
        Vocabulary roberta = Fixtures.read(Fixtures.tokenizer("roberta-add-prefix-space"));
        assertThat(roberta.nearestSingleTokenWords("greatly", true, 2))
                .hasSize(2)
                .contains("great");
    }

    private static String spelled(Vocabulary vocabulary, List<Integer> ids) {
        return ids.stream().map(vocabulary::token).collect(Collectors.joining(" "));
    }
}
