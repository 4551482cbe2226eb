package dev.cloze.runtime.tuning.ipet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sizes that the authors' code arrives at. */
class GenerationSizeTest {

    @Test
    void eachTrainingSetIsFiveTimesTheOneBefore() {
        assertThat(IntStream.rangeClosed(1, 3).map(g -> GenerationSize.of(10, 5, g)))
                .containsExactly(40, 240, 1240);
        assertThat(IntStream.rangeClosed(1, 3).map(g -> GenerationSize.of(100, 5, g)))
                .containsExactly(400, 2400, 12400);
    }

    @Test
    void withoutLabelledExamplesItStartsAtTen() {
        assertThat(IntStream.range(0, 3).map(g -> GenerationSize.zeroShot(5, g)))
                .containsExactly(10, 50, 250);
    }

    @Test
    void aQuarterOfTheOthersLabelsRoundedToEven() {
        int[] models = {3, 4, 6, 9, 12, 15, 18};
        assertThat(IntStream.of(models).map(j -> GenerationSize.picked(.25, j - 1)))
                .containsExactly(0, 1, 1, 2, 3, 4, 4);
    }

    @Test
    void oneLabelsAtLeast() {
        assertThat(GenerationSize.labelers(.25, 2)).isEqualTo(1);
        assertThat(GenerationSize.labelers(.25, 14)).isEqualTo(4);
    }

    @Test
    void labelsKeepTheirDistribution() {
        assertThat(GenerationSize.quotas(new int[] {6, 4}, 40)).containsExactly(24, 16);
        assertThat(GenerationSize.quotas(new int[] {1, 1, 1}, 10)).containsExactly(3, 3, 3);
    }

    /** {@code eq_div(10, 3)}, {@code eq_div(10, 14)} and {@code eq_div(50, 14)} of their code. */
    @Test
    void withoutLabelledExamplesQuotasAreAsEqualAsTheyCanBe() {
        assertThat(GenerationSize.equal(3, 10)).containsExactly(4, 3, 3);
        assertThat(GenerationSize.equal(14, 10)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(GenerationSize.equal(14, 50)).containsExactly(4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3);
    }

    @Test
    void noLabelIsWithoutAQuota() {
        assertThat(GenerationSize.oneAtLeast(GenerationSize.quotas(new int[] {16, 16, 16, 16}, 3)))
                .containsExactly(1, 1, 1, 1);
        assertThat(GenerationSize.oneAtLeast(GenerationSize.quotas(new int[] {99, 1}, 10)))
                .containsExactly(9, 1);
    }
}
