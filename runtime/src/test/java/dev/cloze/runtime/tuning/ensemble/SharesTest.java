package dev.cloze.runtime.tuning.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers computed by hand: two models' raw scores of two texts. */
class SharesTest {

    private static final Offset<Float> EXACT = Offset.offset(1e-6f);
    private static final List<List<float[]>> TEXTS = List.of(
            List.of(new float[] {2, 1}, new float[] {1, 1.5f}), List.of(new float[] {0, 3}, new float[] {1, 0}));

    @Test
    void rawScoresAreAveragedByWeight() {
        double[] shares = Shares.of(.75, .25);
        assertThat(Shares.mean(TEXTS.get(0), shares)).containsExactly(new float[] {1.75f, 1.125f}, EXACT);
        assertThat(Shares.mean(TEXTS.get(1), shares)).containsExactly(new float[] {.25f, 2.25f}, EXACT);
        double[] uniform = Shares.of(1, 1);
        assertThat(Shares.mean(TEXTS.get(0), uniform)).containsExactly(new float[] {1.5f, 1.25f}, EXACT);
        assertThat(Shares.mean(TEXTS.get(1), uniform)).containsExactly(new float[] {.5f, 1.5f}, EXACT);
    }

    @Test
    void whereAllWeightsAreZeroEachCountsTheSame() {
        assertThat(Shares.of(0, 0, 0, 0)).containsExactly(.25, .25, .25, .25);
        assertThat(Shares.of(0, 2)).containsExactly(0, 1);
    }
}
