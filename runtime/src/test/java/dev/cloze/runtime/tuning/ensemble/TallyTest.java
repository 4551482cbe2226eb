package dev.cloze.runtime.tuning.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.verbalizer.Logits;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers computed by hand: logarithms of probabilities, which their softmax gives back. */
class TallyTest {

    private static final Offset<Float> EXACT = Offset.offset(1e-6f);

    private static float[] row(double... probabilities) {
        float[] row = new float[probabilities.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) Math.log(probabilities[i]);
        }
        return row;
    }

    private static float[] probabilities(Tally tally, float[]... rows) {
        return Logits.softmax(tally.together(List.of(rows), Shares.of(new double[rows.length])));
    }

    @Test
    void probabilitiesAreAveragedAsTheyAre() {
        assertThat(probabilities(Tally.PROBABILITIES, row(.9, .1), row(.4, .6), row(.2, .8)))
                .containsExactly(new float[] {.5f, .5f}, EXACT);
    }

    @Test
    void theMajorityWinsOverOneThatIsSurer() {
        assertThat(probabilities(Tally.MAJORITY, row(.99, .01), row(.4, .6), row(.45, .55)))
                .as("one vote, two votes, and the mean's vote of .6133 and .3867")
                .containsExactly(new float[] {(1 + 1.84f / 3) / 4, (2 + 1.16f / 3) / 4}, EXACT);
    }

    @Test
    void probabilitiesDecideBetweenLabelsOfEquallyManyVotes() {
        assertThat(probabilities(Tally.MAJORITY, row(.7, .2, .1), row(.1, .8, .1)))
                .containsExactly(new float[] {1.4f / 3, 1.5f / 3, .1f / 3}, EXACT);
    }

    @Test
    void aLabelThatNobodyFindsPossibleHasAScoreAllTheSame() {
        for (Tally tally : Tally.values()) {
            float[] scores = tally.together(List.of(new float[] {0, -3000}, new float[] {0, -3000}), Shares.of(1, 1));
            assertThat(scores[1]).as(tally.name()).isFinite().isLessThan(-80);
        }
    }
}
