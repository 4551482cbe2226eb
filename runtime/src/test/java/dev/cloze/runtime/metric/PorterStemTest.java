package dev.cloze.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PorterStemTest {

    @Test
    void wordsHaveTheStemsThatNltkGivesThem() throws IOException {
        List<String> lines;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PorterStemTest.class.getResourceAsStream("/metric/stems.txt")),
                StandardCharsets.US_ASCII))) {
            lines = reader.lines().toList();
        }
        assertThat(lines).hasSizeGreaterThan(1_000).allSatisfy(line -> {
            String[] golden = line.split(" ");
            assertThat(PorterStem.of(golden[0])).as(golden[0]).isEqualTo(golden[1]);
        });
    }

    @Test
    void onlyWordsOfMoreThanThreeLettersAreStemmed() {
        assertThat(AsciiWords.of("Dogs ran; his dog was dyed!", RougeL.Words.STEMMED))
                .containsExactly("dog", "ran", "his", "dog", "was", "dy");
        assertThat(PorterStem.of("his")).isEqualTo("hi");
    }

    @Test
    void aVeryLongWordIsNoTrouble() {
        for (String ending : List.of("ed", "ing", "y", "ation")) {
            assertThatCode(() -> PorterStem.of("y".repeat(100_000) + ending)).doesNotThrowAnyException();
        }
    }
}
