package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevelopmentOverlapTest {

    private static final Map<String, String> ONE = Map.of("text", "one");
    private static final Map<String, String> TWO = Map.of("text", "two");

    @Test
    void examplesOfBothAreCounted() {
        assertThat(DevelopmentOverlap.remark(List.of(ONE), List.of(ONE, TWO, ONE))
                        .orElseThrow())
                .startsWith("2 of 3 development examples are training examples too.");
        assertThat(DevelopmentOverlap.remark(List.of(ONE, TWO), List.of(ONE)).orElseThrow())
                .startsWith("1 of 1 development examples is a training example too.");
    }

    @Test
    void othersAreNotRemarked() {
        assertThat(DevelopmentOverlap.remark(List.of(ONE), List.of(TWO))).isEmpty();
        assertThat(DevelopmentOverlap.remark(List.of(ONE), List.of())).isEmpty();
    }
}
