package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.problem.ClozeException;
import org.junit.jupiter.api.Test;

class ClozeEvaluationTest {

    private static final ClozeEvaluation MEASURED = ClozeEvaluation.of(new int[] {1, 3, 0, 2, 12}, 2);

    @Test
    void whatCannotBeSaidCountsAsWrong() {
        assertThat(MEASURED.precisionAt(1)).isEqualTo(0.2);
        assertThat(MEASURED.precisionAt(10)).isEqualTo(0.6);
        assertThat(MEASURED.meanReciprocalRank()).isCloseTo(23 / 60.0, within(1e-15));
        assertThat(MEASURED.unanswerable()).isEqualTo(1);
        assertThat(MEASURED).hasToString("P@1 0.2000, P@10 0.6000, MRR 0.3833, unanswerable 1, cut inputs 40.0%, n 5");
    }

    /** As LAMA reports it. */
    @Test
    void itIsLeftOutOfTheAnswerable() {
        ClozeEvaluation answerable = MEASURED.ofAnswerable();

        assertThat(answerable.n()).isEqualTo(4);
        assertThat(answerable.precisionAt(1)).isEqualTo(0.25);
        assertThat(answerable.meanReciprocalRank()).isCloseTo(23 / 48.0, within(1e-15));
        assertThat(answerable.unanswerable()).isZero();
    }

    @Test
    void nothingToEvaluateOnIsRefused() {
        assertThatThrownBy(() -> ClozeEvaluation.of(new int[0], 0))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("EvaluationNoExamples");
        assertThatThrownBy(() -> ClozeEvaluation.of(new int[] {0, 0}, 0).ofAnswerable())
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("EvaluationNoExamples");
    }
}
