package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DevelopmentLabelsTest {

    @Test
    void oneLabelIsRemarked() {
        assertThat(DevelopmentLabels.remark(List.of("GOOD", "GOOD", "GOOD")).orElseThrow())
                .startsWith("All 3 development examples are GOOD.");
        assertThat(DevelopmentLabels.remark(List.of("GOOD")).orElseThrow())
                .startsWith("The development example is GOOD.");
    }

    @Test
    void noneAndSeveralAreNot() {
        assertThat(DevelopmentLabels.remark(List.of())).isEmpty();
        assertThat(DevelopmentLabels.remark(List.of("GOOD", "BAD", "GOOD"))).isEmpty();
    }
}
