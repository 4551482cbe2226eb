package dev.cloze.runtime.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogitsTest {

    @Test
    void theProbabilitiesOfHugeScoresAddUpToOne() {
        assertThat(Logits.softmax(new float[] {1e38f, 1e38f})).containsExactly(0.5f, 0.5f);
        assertThat(Logits.softmax(new float[] {1e38f, 1e38f, 3e38f})).containsExactly(0, 0, 1);
        assertThat(Logits.softmax(new float[] {-1e38f, -1e38f, -1e38f, -1e38f}))
                .containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void theyAreTheExactOnesRoundedOnce() {
        float[] scores = {0.5f, -3, 20};
        double sum = Math.exp(0.5) + Math.exp(-3) + Math.exp(20);
        assertThat(Logits.softmax(scores))
                .containsExactly(
                        (float) (Math.exp(0.5) / sum), (float) (Math.exp(-3) / sum), (float) (Math.exp(20) / sum));
        assertThat(Logits.logSoftmax(scores)[1]).isCloseTo((float) (-3 - Math.log(sum)), within(1e-6f));
    }
}
