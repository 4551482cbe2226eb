package dev.cloze.runtime.tuning.cloze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordTargetsTest {

    /** Of three examples, the scores of four words. */
    private static final float[][] SAID = {{-1, -2, -0.5f, -3}, {0.5f, 0.25f, -1, 2}, {-4, -4, -4, -1}};

    private static final int[] ANSWERS = {2, 0, 3};

    @Test
    void overCandidatesItIsTheCrossEntropyAmongThem() {
        double expected = 0;
        for (int r = 0; r < 3; r++) {
            double sum = 0;
            for (float score : SAID[r]) {
                sum += Math.exp(score);
            }
            expected += (Math.log(sum) - SAID[r][ANSWERS[r]]) / 3;
        }
        assertThat(loss(new WordTargets(ANSWERS, false), new int[] {0, 1, 2}, 1)[0])
                .isCloseTo(expected, within(1e-6));
    }

    /** The scores are log-probabilities over all tokens already: only that of the answer has a gradient. */
    @Test
    void ofAnOpenVocabularyItIsTheLogProbabilityOfTheAnswer() {
        WordTargets targets = new WordTargets(ANSWERS, true);

        double[] found = loss(targets, new int[] {0, 1, 2}, 0.5);
        assertThat(found[0]).isCloseTo((0.5 - 0.5 + 1) / 3 * 0.5, within(1e-6));
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                assertThat(found[1 + 4 * r + c]).isCloseTo(c == ANSWERS[r] ? -0.5 / 3 : 0, within(1e-6));
            }
        }
        // Members are examples by number.
        assertThat(loss(targets, new int[] {2, 1, 0}, 1)[0]).isCloseTo((4 - 0.5 + 3) / 3, within(1e-6));
    }

    /** The loss, then its gradient in each score. */
    private static double[] loss(WordTargets targets, int[] members, double factor) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray said = memory.create(SAID);
            said.setRequiresGradient(true);
            double[] found = new double[13];
            try (Gradients gradients = Gradients.record()) {
                NDArray loss = targets.loss(memory, kernel, said, members, factor);
                found[0] = loss.getFloat();
                gradients.backward(loss);
            }
            float[] slopes = said.getGradient().toFloatArray();
            for (int i = 0; i < slopes.length; i++) {
                found[1 + i] = slopes[i];
            }
            return found;
        }
    }

    /** Ranks 1, 2 and 4: (1 + 1/2 + 1/4) / 3. */
    @Test
    void theScoreIsTheMeanReciprocalRank() {
        List<LabelAnswer> answers = List.of(answer(SAID[0]), answer(SAID[1]), answer(0, 3, 2, -1));

        assertThat(new WordTargets(ANSWERS, true).score(answers)).isCloseTo(1.75 / 3, within(1e-12));
        assertThat(new WordTargets(ANSWERS, true).metric()).isEqualTo("dev MRR");
    }

    private static LabelAnswer answer(float... scores) {
        return new LabelAnswer(scores, List.of(), false);
    }
}
