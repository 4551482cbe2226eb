package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Generated.FinishReason;
import org.junit.jupiter.api.Test;

class GeneratedTest {

    @Test
    void itIsReadable() {
        assertThat(new Generated("a film", new int[] {4, 2}, -3.25, FinishReason.END))
                .hasToString("\"a film\" (2 tokens, log-probability -3.25, END)");
        assertThat(new Generated("a", new int[] {4}, -0.5, FinishReason.DEADLINE))
                .hasToString("\"a\" (1 token, log-probability -0.50, DEADLINE)");
    }
}
