package dev.cloze.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortTextTest {

    @Test
    void aLongTextIsCutBetweenItsLetters() {
        assertThat(ShortText.of("abcd", 4)).isEqualTo("abcd");
        assertThat(ShortText.of("abcde", 4)).isEqualTo("abcd...");
        assertThat(ShortText.of("abc\uD83D\uDE00", 4))
                .as("an emoji is two chars")
                .isEqualTo("abc...");
        assertThat(ShortText.of("ab\uD83D\uDE00c", 4)).isEqualTo("ab\uD83D\uDE00...");
    }
}
