package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreadableTokenizerTest {

    private static final String MODEL =
            "\"model\": {\"type\": \"WordPiece\", \"unk_token\": \"a\", \"vocab\": {\"a\": 0}}";

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Vocabulary.read(Path.of("nowhere", "tokenizer.json")))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[TokenizerUnreadable]")
                .hasMessageContaining("nowhere");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'normalizer': {'type': 'Gibberish'} | normalizer has the type Gibberish",
                "'pre_tokenizer': {'type': 'UnicodeScripts'} | pre_tokenizer has the type UnicodeScripts",
                "'post_processor': {'type': 'Odd'} | post_processor has the type Odd",
                "'pre_tokenizer': {'type': 'Sequence'} | pre_tokenizer has no \"pretokenizers\"",
                "'normalizer': 3 | normalizer is not a JSON object",
                "'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': 'AAAA'} | is cut short",
                "'pre_tokenizer': {'type': 'Split', 'pattern': {'Regex': 'a('}, 'behavior': 'Removed'} | regular"
                        + " expression a(",
                "'pre_tokenizer': {'type': 'Punctuation', 'behavior': 'Eaten'} | a split has the type Eaten",
                "'pre_tokenizer': {'type': 'Metaspace', 'replacement': '_', 'prepend_scheme': 'x'} | prepend_scheme"
            })
    void whatIsUnknownOrBrokenIsNamed(String part, String reason) {
        assertUnreadable("{" + part.replace('\'', '"') + ", " + MODEL + "}", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type': 'WordLevel', 'vocab': {}} | model has the type WordLevel",
                "{'type': 'WordPiece', 'vocab': {'a': 0}} | the unknown token [UNK] is not in the vocabulary",
                "{'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['abc']} | a merge is not a pair",
                "{'type': 'BPE', 'vocab': {'a': 'b'}, 'merges': []} | another shape than expected",
                "{'type': 'Unigram', 'unk_id': 0, 'vocab': [['a']]} | another shape than expected",
                "{'type': 'Unigram', 'vocab': [['a', 0.0]]} | has no unk_id",
                "{'type': 'Unigram', 'vocab': [['a', 0.0]], 'unk_id': 7} | unk_id",
                "{} | model has no \"vocab\""
            })
    void aBrokenModelIsNamed(String model, String reason) {
        assertUnreadable("{\"model\": " + model.replace('\'', '"') + "}", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{\"model\": {\"vo | not JSON", "[] | not a JSON object", "~~ | not a JSON object"})
    void aFileCutShortIsNotJson(String file, String reason) {
        assertUnreadable(file, reason);
    }

    private static void assertUnreadable(String json, String reason) {
        assertThatThrownBy(() -> Fixtures.read(json))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOKENIZER_UNREADABLE))
                .hasMessageContaining(reason);
    }
}
