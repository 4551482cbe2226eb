package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static List<String> words(String text) {
        return Words.of(text).stream()
                .map(word -> text.substring(word.start(), word.end()))
                .toList();
    }

    @Test
    void lettersAndDigitsMakeWordsAndOtherCharactersStandAlone() {
        assertThat(words("The Golden-Fork, £20-25!"))
                .containsExactly("The", "Golden", "-", "Fork", ",", "£", "20", "-", "25", "!");
        assertThat(words("Don't\tgo \u00a0 on\n")).containsExactly("Don", "'", "t", "go", "on");
        assertThat(words(" \n\u0007 ")).isEmpty();
        assertThat(words("")).isEmpty();
    }

    @Test
    void marksBelongToTheirLettersAndPairsAreNeverParted() {
        assertThat(words("cafe\u0301s nai\u0308ve")).containsExactly("cafe\u0301s", "nai\u0308ve");
        assertThat(words("a😀b 👩\u200d🍳 ❤\ufe0f")).containsExactly("a", "😀", "b", "👩\u200d", "🍳", "❤\ufe0f");
        assertThat(words("\uD83D lone")).containsExactly("\uD83D", "lone");
    }

    @Test
    void scriptsWithoutSpacesAreReadLetterByLetter() {
        assertThat(words("東京カフェ2号")).containsExactly("東", "京", "カ", "フ", "ェ", "2", "号");
        assertThat(words("กิน")).containsExactly("กิ", "น");
        assertThat(words("Привет мир")).containsExactly("Привет", "мир");
    }

    @Test
    void wordsAreInOrderAndNothingButSpaceLiesBetween() {
        Random random = new Random(5);
        for (int run = 0; run < 300; run++) {
            StringBuilder built = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                built.appendCodePoint(random.nextInt(3) == 0 ? ' ' : random.nextInt(0x20000));
            }
            String text = built.toString();
            int end = 0;
            for (Word word : Words.of(text)) {
                assertThat(word.start()).isGreaterThanOrEqualTo(end);
                assertThat(word.end()).isGreaterThan(word.start());
                assertThat(text.substring(end, word.start()).codePoints())
                        .allMatch(c ->
                                Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
                end = word.end();
            }
        }
    }
}
