package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and texts that ask the Java reader, and with it javac, for endless work: each is refused or read soon. */
class HostileVocabularyTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LONG = 200_000;

    private static final String PLAIN = """
            {"added_tokens": [], "normalizer": null, "pre_tokenizer": null,
             "model": {"type": "BPE", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1, "b": 2, "aa": 3, "aaaa": 4,
              "ab": 5}, "merges": ["a a", "aa aa", "a b"]}}""";

    private static Vocabulary read(String section, String json) {
        JsonObject file = JsonParser.parseString(PLAIN).getAsJsonObject();
        file.add(section, JsonParser.parseString(json.replace('\'', '"')));
        return Vocabulary.of(file, "tokenizer.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pairs | {'type': 'BPE', 'vocab': {'a': 1, 'b': 2, 'aa': 3, 'aaaa': 4, 'ab': 5},"
                        + " 'merges': ['a a', 'aa aa', 'a b']}",
                "ladder | {'type': 'BPE', 'vocab': {'a': 0, 'aa': 1, 'aaa': 2, 'aaaa': 3, 'aaaaa': 4},"
                        + " 'merges': ['a a', 'aa a', 'aaa a', 'aaaa a']}",
                "words | {'type': 'WordPiece', 'unk_token': 'b', 'max_input_chars_per_word': 1000,"
                        + " 'vocab': {'b': 0, 'a': 1, '##a': 2, '##aaaa': 3}}",
                "pieces | {'type': 'Unigram', 'unk_id': 0, 'vocab': [['b', 0], ['a', -1], ['aa', -1.5], ['aaaa', -2]]}"
            })
    void aTextOfOneLongPieceIsReadSoon(String name, String model) {
        Vocabulary vocabulary = read("model", model);
        List<Integer> ids = assertTimeoutPreemptively(SOON, () -> vocabulary.encode("a".repeat(LONG)), name);
        assertThat(ids).as(name).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model | {'type': 'WordPiece', 'unk_token': 'a', 'max_input_chars_per_word': 1000000000,"
                        + " 'vocab': {'a': 0}} | words of 1000000000 characters",
                "model | {'type': 'WordPiece', 'unk_token': 'a', 'max_input_chars_per_word': 1e99999,"
                        + " 'vocab': {'a': 0}} | another shape than expected",
                "model | {'type': 'WordPiece', 'unk_token': 'a', 'vocab': {'a': 1e99999}} | another shape than expected",
                "model | {'type': 'WordPiece', 'unk_token': 'a', 'vocab': {'a': 2000000000}} | has the id 2000000000",
                "model | {'type': 'Unigram', 'unk_id': -7, 'vocab': [['a', 0], [1]]} | another shape than expected",
                "normalizer | {'type': 'Precompiled', 'precompiled_charsmap': 'CAAAAP////////9/'} | is damaged",
                "normalizer | {'type': 'Precompiled', 'precompiled_charsmap': '????'} | another shape than expected",
                "pre_tokenizer | {'type': 'CharDelimiterSplit', 'delimiter': ''} | another shape than expected",
                "pre_tokenizer | {'type': 'Split', 'pattern': {'Regex': '[a'}, 'behavior': 'Isolated'} | does not understand",
                "pre_tokenizer | {'type': 'Split', 'pattern': {'Regex': 'a*'}, 'behavior': 'Isolated'} | can match an empty text",
                "pre_tokenizer | {'type': 'Split', 'pattern': 7, 'behavior': 'Isolated'} | another shape than expected"
            })
    void aPartThatIsNoneIsRefusedByName(String section, String json, String why) {
        refused(section, json, why);
    }

    @Test
    void chainsWithoutEndAreRefused() {
        String link = "{'type': 'Lowercase'}";
        refused(
                "normalizer",
                "{'type': 'Sequence', 'normalizers': [" + (link + ", ").repeat(LONG) + link + "]}",
                "more than 64 parts");
        refused(
                "pre_tokenizer",
                "{'type': 'Sequence', 'pretokenizers': [" + "{'type': 'WhitespaceSplit'},".repeat(LONG)
                        + "{'type': 'WhitespaceSplit'}]}",
                "more than 64 parts");
        refused(
                "normalizer",
                "{'type': 'Sequence', 'normalizers': [".repeat(100) + "]}".repeat(100),
                "nested deeper than 16");
        String tenfold = "{'type': 'Replace', 'pattern': {'String': 'a'}, 'content': 'aaaaaaaaaa'},";
        refused(
                "normalizer",
                "{'type': 'Sequence', 'normalizers': [" + tenfold.repeat(11) + link + "]}",
                "100000000000 times as long");
    }

    @Test
    void aTokenLongerThanAnyIsRefusedWhereItIsLookedFor() {
        String token = "a".repeat(10_000);
        refused(
                "model",
                "{'type': 'WordPiece', 'unk_token': 'b', 'vocab': {'b': 0, '" + token + "': 1}}",
                "10000 characters");
        refused(
                "model",
                "{'type': 'Unigram', 'unk_id': 0, 'vocab': [['b', 0], ['" + token + "', -1]]}",
                "10000 characters");
    }

    @Test
    void anExpressionThatTriesTooManyWaysIsStopped() {
        Vocabulary vocabulary = read(
                "pre_tokenizer",
                "{'type': 'Split', 'pattern': {'Regex': '(a|a|aa)+$'}, 'behavior': 'Isolated', 'invert': false}");
        assertThatThrownBy(() -> assertTimeoutPreemptively(SOON, () -> vocabulary.encode("a".repeat(5_000) + "b")))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOKENIZER_UNREADABLE));
    }

    private static void refused(String section, String json, String why) {
        assertThatThrownBy(() -> assertTimeoutPreemptively(SOON, () -> read(section, json)))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOKENIZER_UNREADABLE))
                .hasMessageContaining(why);
    }
}
