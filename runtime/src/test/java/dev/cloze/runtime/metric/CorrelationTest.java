package dev.cloze.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.RegressionEvaluation;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorrelationTest {

    /** What scipy and numpy say; made by correlation_goldens.py. */
    private record Golden(
            String name,
            double[] values,
            double[] predicted,
            double meanSquaredError,
            double pearson,
            double spearman) {

        @Override
        public String toString() {
            return name;
        }
    }

    private record Goldens(List<Golden> cases) {}

    static Stream<Golden> goldens() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(CorrelationTest.class.getResourceAsStream("/metric/correlation.json")),
                StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, Goldens.class).cases().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theMeasuresAreThoseOfScipyAndNumpy(Golden golden) {
        RegressionEvaluation found = RegressionEvaluation.of(golden.values, golden.predicted, 1);

        assertThat(found.pearson()).isCloseTo(golden.pearson, within(1e-9));
        assertThat(found.spearman()).isCloseTo(golden.spearman, within(1e-12));
        assertThat(found.meanSquaredError())
                .isCloseTo(golden.meanSquaredError, within(1e-9 * Math.max(1, golden.meanSquaredError)));
        assertThat(found.cutShare()).isEqualTo(1.0 / golden.values.length);
        assertThat(found.n()).isEqualTo(golden.values.length);
    }

    @Test
    void equalNumbersHaveTheMeanOfTheirRanks() {
        assertThat(Correlation.ranks(new double[] {3, 1, 3, 3, 0.5})).containsExactly(4, 2, 4, 4, 1);
    }

    /** With one value alone nothing rises or falls. */
    @Test
    void whatIsUndefinedIsNoNumberAndSaysSo() {
        RegressionEvaluation alike = RegressionEvaluation.of(new double[] {1, 2, 3}, new double[] {2, 2, 2}, 0);

        assertThat(alike.pearson()).isNaN();
        assertThat(alike.spearman()).isNaN();
        assertThat(alike)
                .hasToString("mean squared error 0.6667, Pearson undefined (all values or all predictions are equal),"
                        + " Spearman undefined (all values or all predictions are equal), cut inputs 0.0%, n 3");
        assertThat(RegressionEvaluation.of(new double[] {1, 2, 4}, new double[] {1, 2, 3}, 0))
                .hasToString("mean squared error 0.3333, Pearson 0.9820, Spearman 1.0000, cut inputs 0.0%, n 3");
        assertThatThrownBy(() -> RegressionEvaluation.of(new double[0], new double[0], 0))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.EVALUATION_NO_EXAMPLES));
    }
}
