package dev.cloze.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

    /** By Simpson's rule over the density. */
    @ParameterizedTest
    @CsvSource({
        "0.95, 1, 12.7062047362",
        "0.95, 2, 4.3026527297",
        "0.95, 3, 3.1824463053",
        "0.95, 4, 2.7764451052",
        "0.95, 9, 2.2621571628",
        "0.95, 100, 1.9839715185",
        "0.99, 5, 4.0321429836"
    })
    void theDensityBetweenHasTheProbability(double probability, int degrees, double t) {
        assertThat(StudentT.within(probability, degrees)).isEqualTo(t, within(1e-9));
    }
}
