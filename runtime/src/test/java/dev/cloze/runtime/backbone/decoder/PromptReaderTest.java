package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptReaderTest {

    @Test
    void aBeginningAllPromptsShareIsComputedOnceAndLeavesEachAToken() {
        int[] beginning = new int[40];
        int[] longer = Arrays.copyOf(beginning, 45);
        longer[40] = 7;
        int[] other = Arrays.copyOf(beginning, 42);
        other[40] = 8;
        assertThat(PromptReader.shared(List.of(longer, other))).isEqualTo(40);
        assertThat(PromptReader.shared(List.of(longer, other, beginning))).isEqualTo(39);
        assertThat(PromptReader.shared(List.of(longer, longer.clone()))).isEqualTo(44);
    }

    @Test
    void aFewSharedTokensAreNotWorthACall() {
        assertThat(PromptReader.shared(List.of(new int[40]))).isZero();
        assertThat(PromptReader.shared(List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4})))
                .isZero();
        int[] first = new int[40];
        first[0] = 1;
        assertThat(PromptReader.shared(List.of(first, new int[40]))).isZero();
    }
}
