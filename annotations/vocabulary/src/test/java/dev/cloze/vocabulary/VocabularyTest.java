package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private final Vocabulary vocabulary = Vocabulary.read(Fixtures.defaultModel());

    @Test
    void aCommonWordIsOneToken() {
        assertThat(vocabulary.encodeWord("great", true))
                .containsExactly(vocabulary.id("great").orElseThrow());
        assertThat(vocabulary.encodeWord("great", false)).isEqualTo(vocabulary.encodeWord("great", true));
    }

    @Test
    void specialTokensAreCountedAndFound() {
        assertThat(vocabulary.specialTokensOfSingle()).isEqualTo(2);
        assertThat(vocabulary.specialTokensOfPair()).isEqualTo(3);
        assertThat(vocabulary.maskId()).contains(4);
        assertThat(vocabulary.unknownId()).hasValue(1);
        assertThat(vocabulary.size()).isEqualTo(12000);
        assertThat(vocabulary.token(4)).isEqualTo("[MASK]");
    }

    @Test
    void theNearestSingleTokenWordsResembleTheWord() {
        assertThat(vocabulary.nearestSingleTokenWords("greatt", true, 3))
                .hasSize(3)
                .contains("great");
    }

    @Test
    void aMissingFileIsAClearError() {
        assertThatThrownBy(() -> Vocabulary.read(Path.of("nowhere", "tokenizer.json")))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[TokenizerUnreadable]")
                .hasMessageContaining("nowhere");
    }
}
