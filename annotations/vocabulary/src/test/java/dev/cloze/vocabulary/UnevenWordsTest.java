package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnevenWordsTest {

    @Test
    void theLongestWordOfTheLabelWithTheLongestWordsIsShown() {
        assertThat(UnevenWords.of(List.of(List.of(1, 1), List.of(1, 4, 4), List.of(2))))
                .contains(new UnevenWords(1, 1, 4, 3, 1));
        assertThat(UnevenWords.of(List.of(List.of(2), List.of(1, 2))).map(UnevenWords::averages))
                .contains("its words have 2 tokens on average, those of another label 1.5");
    }

    @Test
    void labelsWithWordsOfLikeLengthAreComparable() {
        assertThat(UnevenWords.of(List.of(List.of(1, 4), List.of(4, 1)))).isEmpty();
        assertThat(UnevenWords.of(List.of(List.of(1, 1, 2), List.of(1)))).isEmpty();
        assertThat(UnevenWords.of(List.of(List.of(), List.of(3)))).isEmpty();
        assertThat(UnevenWords.of(List.of())).isEmpty();
    }
}
