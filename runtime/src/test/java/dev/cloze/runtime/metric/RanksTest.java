package dev.cloze.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RanksTest {

    private static final float[] SCORES = {-2, -0.5f, -1, -0.5f, -7};

    @Test
    void theBestHasRankOneAndOfEqualsTheFirst() {
        assertThat(new int[] {
                    Ranks.of(0, SCORES),
                    Ranks.of(1, SCORES),
                    Ranks.of(2, SCORES),
                    Ranks.of(3, SCORES),
                    Ranks.of(4, SCORES)
                })
                .containsExactly(4, 1, 3, 2, 5);
    }

    /** Ranks 1, 3, 0 (not there), 2, 12: by hand. */
    @Test
    void precisionAndReciprocalRankAreThoseComputedByHand() {
        int[] ranks = {1, 3, 0, 2, 12};

        assertThat(Ranks.precisionAt(1, ranks)).isEqualTo(1 / 5.0);
        assertThat(Ranks.precisionAt(2, ranks)).isEqualTo(2 / 5.0);
        assertThat(Ranks.precisionAt(3, ranks)).isEqualTo(3 / 5.0);
        assertThat(Ranks.precisionAt(10, ranks)).isEqualTo(3 / 5.0);
        assertThat(Ranks.precisionAt(12, ranks)).isEqualTo(4 / 5.0);
        // (1 + 1/3 + 0 + 1/2 + 1/12) / 5 = 23/60
        assertThat(Ranks.meanReciprocal(ranks)).isCloseTo(23 / 60.0, within(1e-15));
    }
}
