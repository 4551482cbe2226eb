package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Word by word and line by line, ours and the Hugging Face library's ids are the same. */
class AgreementTest {

    private static final List<String> WORDS = Words.all();

    @Test
    void thereAreEnoughWords() {
        assertThat(WORDS).hasSizeGreaterThan(5_000).doesNotHaveDuplicates();
    }

    @Test
    void theDefaultModelAgrees() {
        agrees(Fixtures.text(Fixtures.defaultModel()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roberta-add-prefix-space",
                "xlm-roberta",
                "albert",
                "t5-first",
                "llama",
                "t5-spiece",
                "albert-spiece",
                "xlm-roberta-spiece",
                "llama-spiece",
                "split-rules",
                "whitespace"
            })
    void theFixtureAgrees(String name) {
        agrees(Fixtures.tokenizer(name));
    }

    static void agrees(String tokenizerJson) {
        Vocabulary vocabulary = Fixtures.read(tokenizerJson);
        List<String> different = new ArrayList<>();
        try (Reference reference = new Reference(tokenizerJson)) {
            for (String text : texts()) {
                List<Integer> theirs = reference.encode(text);
                List<Integer> ours = vocabulary.encode(text);
                if (!ours.equals(theirs)) {
                    different.add("%s %s: ours %s, theirs %s".formatted(text, escaped(text), ours, theirs));
                }
            }
        }
        assertThat(different).isEmpty();
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(WORDS);
        WORDS.forEach(word -> texts.add(" " + word));
        texts.addAll(Fixtures.text("text.txt").lines().toList());
        texts.add(String.join(" ", WORDS));
        return texts;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().limit(40).forEach(c -> escaped.append("U+%04X ".formatted(c)));
        return escaped.toString();
    }
}
