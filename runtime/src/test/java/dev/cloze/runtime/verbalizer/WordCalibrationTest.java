package dev.cloze.runtime.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Compat;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WordCalibrationTest {

    private static final Offset<Float> CLOSE = within(1e-6f);
    private static final float[] EVEN = {0, 0};

    @Test
    void thePaperTakesTheSoftmaxOfTheProbabilitiesOverThoseWithoutContent() {
        // p = (.75, .25), p_cf = (.9, .1): W p = (.8333, 2.5)
        float[] scores = {log(3), log(1)};
        float[] contentFree = {log(9), log(1)};

        assertThat(WordCalibration.contextual(List.of(contentFree), Compat.PAPER)
                        .apply(scores))
                .containsExactly(new float[] {.75f / .9f, .25f / .1f}, CLOSE);
        assertThat(Logits.softmax(WordCalibration.contextual(List.of(contentFree), Compat.REFERENCE)
                        .apply(scores)))
                .containsExactly(new float[] {.25f, .75f}, CLOSE);
    }

    @Test
    void theInputsWithoutContentAreAveragedAsProbabilities() {
        float[] first = {log(9), log(1)};
        float[] second = {log(1), log(1)};
        // the mean of (.9, .1) and (.5, .5) is (.7, .3)
        assertThat(WordCalibration.contextual(List.of(first, second), Compat.PAPER)
                        .apply(EVEN))
                .containsExactly(new float[] {.5f / .7f, .5f / .3f}, CLOSE);
    }

    @Test
    void theInputWithoutContentIsItselfCalibratedToEvenOdds() {
        float[] contentFree = {2.5f, -1, .3f};
        for (Compat compat : Compat.values()) {
            assertThat(Logits.softmax(WordCalibration.contextual(List.of(contentFree), compat)
                            .apply(contentFree)))
                    .containsExactly(new float[] {1 / 3f, 1 / 3f, 1 / 3f}, CLOSE);
        }
    }

    @Test
    void mutualInformationSubtractsTheScoresOfTheTemplateAlone() {
        float[] domain = {1, .5f, -2};
        WordCalibration pmi = WordCalibration.pmi(domain);
        domain[0] = 99;

        assertThat(pmi.apply(new float[] {3, 0, 1})).containsExactly(new float[] {2, -.5f, 3}, CLOSE);
    }

    @Test
    void noCalibrationLeavesTheScores() {
        assertThat(WordCalibration.none().apply(EVEN)).isSameAs(EVEN);
    }

    @Test
    void extremeScoresStayFinite() {
        float[] far = {500, -500};
        for (Compat compat : Compat.values()) {
            float[] calibrated = WordCalibration.contextual(List.of(new float[] {-500, 500}), compat)
                    .apply(far);
            assertThat(Logits.softmax(calibrated)).containsExactly(new float[] {1, 0}, CLOSE);
        }
    }

    private static float log(double value) {
        return (float) Math.log(value);
    }
}
