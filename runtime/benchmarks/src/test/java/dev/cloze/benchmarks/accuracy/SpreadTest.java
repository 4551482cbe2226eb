package dev.cloze.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theDeviationIsThatOfASample() {
        assertThat(Spread.of(0.5, 0.7, 0.6).percent()).isEqualTo("60.0 (10.0)");
    }

    @Test
    void oneMeasurementHasNoDeviation() {
        assertThat(Spread.of(0.5)).isEqualTo(new Spread(0.5, 0));
    }
}
