package dev.cloze.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is measured when, in which environment, and what is said of it. */
class WaitingSectionTest {

    @Test
    void eachRoundBeginsWithTheNextSetting() {
        assertThat(WaitingSection.order(0)).containsExactly(0, 1, 2, 3, 4);
        assertThat(WaitingSection.order(1)).containsExactly(1, 2, 3, 4, 0);
        assertThat(WaitingSection.order(14)).containsExactly(4, 0, 1, 2, 3);
    }

    @Test
    void aRowHasMediansAndHowTheFirstSettingStandsToTheLast() {
        double[][] milliseconds = {{10, 12, 11}, {20, 20, 20}, {15, 15, 15}, {10, 10, 10}, {11, 11, 11}};
        assertThat(WaitingSection.row(4, "1 x 32", milliseconds))
                .isEqualTo("| 4 | 1 x 32 | 11.0 | 20.0 | 15.0 | 10.0 | 11.0 | **1.00** | 0.92 to 1.10 |");
    }

    /** This build runs its tests with {@code OMP_WAIT_POLICY} in their environment. */
    @Test
    void aBareProcessHasNoWordOnOpenMpButItsOwn() {
        assertThat(Children.bare(List.of("java"), Map.of("GOMP_SPINCOUNT", "0")).environment())
                .containsEntry("GOMP_SPINCOUNT", "0")
                .containsKey("PATH")
                .allSatisfy((name, value) -> assertThat(name).doesNotStartWith("OMP_"));
    }
}
