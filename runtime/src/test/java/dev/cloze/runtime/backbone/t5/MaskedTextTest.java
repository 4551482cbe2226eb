package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.backbone.TokenRow;
import org.junit.jupiter.api.Test;

/** A row with masks as T5's encoder and decoder see it; 99 is the sentinel, 0 the start token. */
class MaskedTextTest {

    @Test
    void aMaskIsASentinelInTheTextAndTheLastOfTheDecodersInputs() {
        MaskedText text = MaskedText.of(row(new int[] {5, 99, 6}, new int[3], 1), 0);
        assertThat(text.source()).containsExactly(5, 99, 6);
        assertThat(text.target()).containsExactly(0, 99);
    }

    @Test
    void masksThatStandTogetherAreOneSentinel() {
        MaskedText text = MaskedText.of(row(new int[] {5, 99, 99, 99, 6}, new int[] {0, 1, 1, 1, 0}, 1, 2, 3), 0);
        assertThat(text.source()).containsExactly(5, 99, 6);
        assertThat(text.target()).containsExactly(0, 99);
        MaskedText unmarked = MaskedText.of(row(new int[] {5, 99, 99, 99, 6}, new int[5], 1, 2, 3), 0);
        assertThat(unmarked.source()).containsExactly(5, 99, 6);
    }

    @Test
    void tokensKnownSoFarStandBehindTheSentinelAndNoLongerInTheText() {
        MaskedText text = MaskedText.of(row(new int[] {5, 41, 42, 99, 6}, new int[] {0, 1, 1, 1, 0}, 3), 0);
        assertThat(text.source()).containsExactly(5, 99, 6);
        assertThat(text.target()).containsExactly(0, 99, 41, 42);
    }

    @Test
    void aRowThatIsAskedNothingIsItsTokens() {
        MaskedText text = MaskedText.of(row(new int[] {5, 6}, new int[2]), 3);
        assertThat(text.source()).containsExactly(5, 6);
        assertThat(text.target()).containsExactly(3);
    }

    @Test
    void masksApartAreRefused() {
        assertThatThrownBy(() -> MaskedText.of(row(new int[] {99, 6, 99}, new int[3], 0, 2), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("masks that do not stand together: [0, 2]");
    }

    private static TokenRow row(int[] ids, int[] segments, int... asked) {
        return new TokenRow(ids, segments, asked);
    }
}
