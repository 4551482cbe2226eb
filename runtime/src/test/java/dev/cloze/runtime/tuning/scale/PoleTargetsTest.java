package dev.cloze.runtime.tuning.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.RatedValues;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoleTargetsTest {

    private static final DeclaredScale SCALE = new DeclaredScale(0, 5, "No", "Yes");
    private static final float[][] SAID = {{0.4f, 1.1f}, {-2, 0.5f}, {3, -1}};
    private static final double[] VALUES = {3.2, 0, 5};

    /** By numpy in float64, and the same as LM-BFF's code computes it. */
    @Test
    void theLossesOfOneExampleAreThoseOfPaperAndCode() {
        float[][] said = {{0.4f, 1.1f}};
        double[] value = {3.2};
        assertThat(loss(said, value, Compat.PAPER, 1)).isCloseTo(0.0017678541, within(1e-7));
        assertThat(loss(said, value, Compat.REFERENCE, 1)).isCloseTo(2.0378050, within(1e-6));
        assertThat(loss(said, value, Compat.PAPER, 0.25)).isCloseTo(0.0017678541 / 4, within(1e-7));
        assertThat(SCALE.value(ScaleProduct.share(new LabelAnswer(said[0], List.of(), false))))
                .isCloseTo(3.3409389, within(1e-6));
    }

    /** Where a share is 0, its part of the divergence is 0 too. */
    @ParameterizedTest
    @EnumSource(Compat.class)
    void lossesAndGradientsAreThoseOfTheFormulas(Compat compat) {
        double expected = formula(compat, -1, 0);
        assertThat(loss(SAID, VALUES, compat, 1)).isCloseTo(expected, within(1e-5));
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray said = memory.create(SAID);
            said.setRequiresGradient(true);
            try (Gradients gradients = Gradients.record()) {
                gradients.backward(targets(VALUES, compat).loss(memory, kernel, said, new int[] {0, 1, 2}, 1));
            }
            float[] found = said.getGradient().toFloatArray();
            double step = 1e-5;
            for (int i = 0; i < found.length; i++) {
                double slope = (formula(compat, i, step) - formula(compat, i, -step)) / (2 * step);
                assertThat((double) found[i]).as("score " + i).isCloseTo(slope, within(1e-4));
            }
        }
    }

    /** The loss of the code is least at p as exp(t), not at t, so that predictions shrink to 1.34 to 3.66 of 0 to 5. */
    @Test
    void theOptimumOfTheCodeIsNearerToTheMiddle() {
        double shrunk = Math.exp(1) / (1 + Math.exp(1));
        float there = (float) Math.log(shrunk / (1 - shrunk));
        double best = loss(new float[][] {{0, there}}, new double[] {5}, Compat.REFERENCE, 1);
        for (float other : new float[] {there - 0.2f, there + 0.2f, 5}) {
            assertThat(loss(new float[][] {{0, other}}, new double[] {5}, Compat.REFERENCE, 1))
                    .isGreaterThan(best);
        }
        assertThat(SCALE.value(shrunk)).isCloseTo(3.66, within(0.005));
    }

    @Test
    void theScoreIsPearsonsCorrelationAndTheLeastWhereAllAnswersAreEqual() {
        PoleTargets targets = targets(VALUES, Compat.PAPER);
        assertThat(targets.score(List.of(answer(0.64), answer(0), answer(1)))).isCloseTo(1, within(1e-6));
        assertThat(targets.score(List.of(answer(0.3), answer(0.9), answer(0.1))))
                .isLessThan(-0.9);
        assertThat(targets.score(List.of(answer(0.3), answer(0.3), answer(0.3))))
                .isEqualTo(-1);
    }

    private static LabelAnswer answer(double share) {
        return new LabelAnswer(
                new float[] {(float) Math.log(1 - share + 1e-9), (float) Math.log(share + 1e-9)}, List.of(), false);
    }

    /** The mean loss of the three examples, with one of the scores moved. */
    private static double formula(Compat compat, int moved, double by) {
        double sum = 0;
        for (int r = 0; r < SAID.length; r++) {
            double low = SAID[r][0] + (moved == 2 * r ? by : 0);
            double high = SAID[r][1] + (moved == 2 * r + 1 ? by : 0);
            double[] log = {-Math.log1p(Math.exp(high - low)), -Math.log1p(Math.exp(low - high))};
            double t = VALUES[r] / 5;
            double[] q = {1 - t, t};
            for (int c = 0; c < 2; c++) {
                sum += compat == Compat.PAPER
                        ? (q[c] == 0 ? 0 : q[c] * (Math.log(q[c]) - log[c]))
                        : Math.exp(q[c]) * (q[c] - log[c]) / 2;
            }
        }
        return sum / SAID.length;
    }

    private static PoleTargets targets(double[] values, Compat compat) {
        RatedValues examples = new RatedValues(List.of(), values);
        return (PoleTargets) PoleTargets.of(examples, SCALE, compat).targets();
    }

    private static double loss(float[][] said, double[] values, Compat compat, double factor) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            int[] all = IntStream.range(0, said.length).toArray();
            return targets(values, compat)
                    .loss(memory, kernel, memory.create(said), all, factor)
                    .getFloat();
        }
    }
}
