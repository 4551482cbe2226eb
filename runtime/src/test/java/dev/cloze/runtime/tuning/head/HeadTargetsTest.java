package dev.cloze.runtime.tuning.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.tuning.ensemble.Shares;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadTargetsTest {

    private static final float[][] SAID = {{1, 0.5f, -0.5f}, {0.2f, 0.1f, 0}};
    private static final float[][] SCORES = {{2, 1, 0.1f}, {-1, 0, 1}};

    /** The golden of distillation in PET's code, by numpy in float64. */
    @Test
    void softTargetsHaveTheDivergenceAtTheirTemperature() {
        assertThat(loss(SAID, new HeadTargets.Soft(row -> SCORES[row], 2), 1))
                .isCloseTo(0.2041131863544915, within(1e-6));
        assertThat(loss(SAID, new HeadTargets.Soft(row -> SCORES[row], 2), 0.25))
                .isCloseTo(0.2041131863544915 / 4, within(1e-6));
        assertThat(loss(SCORES, new HeadTargets.Soft(row -> SCORES[row], 2), 1)).isZero();
    }

    /**
     * The golden of weighted means of two models' scores, of which the softmax at the temperature is taken afterwards. It is read
     * from the gradient, T (p - q) / B, at scores that are all alike: p = 1/2.
     */
    @Test
    void theSoftLabelsOfAWeightedMeanAreItsSoftmaxAtTheTemperature() {
        double[] shares = Shares.of(.75, .25);
        assertThat(softLabels(Shares.mean(List.of(new float[] {2, 1}, new float[] {1, 1.5f}), shares)))
                .containsExactly(new double[] {.57749537, .42250463}, within(1e-6));
        assertThat(softLabels(Shares.mean(List.of(new float[] {0, 3}, new float[] {1, 0}), shares)))
                .containsExactly(new double[] {.26894142, .73105858}, within(1e-6));
    }

    private static double[] softLabels(float[] scores) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray alike = memory.create(new float[][] {{0, 0}});
            alike.setRequiresGradient(true);
            try (Gradients gradients = Gradients.record()) {
                gradients.backward(
                        new HeadTargets.Soft(row -> scores, 2).loss(memory, kernel, alike, new int[] {0}, 1));
            }
            float[] slopes = alike.getGradient().toFloatArray();
            return new double[] {.5 - slopes[0] / 2, .5 - slopes[1] / 2};
        }
    }

    /** Scores so far apart that one label is certain are a hard target at temperature 1. */
    @Test
    void certainSoftTargetsAtTemperatureOneAreHardOnes() {
        float[][] certain = {{60, 0, 0}, {0, 0, 60}};
        double hard = loss(SAID, new HeadTargets.Hard(new int[] {0, 2}), 1);
        assertThat(loss(SAID, new HeadTargets.Soft(row -> certain[row], 1), 1)).isCloseTo(hard, within(1e-6));
        assertThat(hard).isGreaterThan(0.1);
    }

    /** By finite differences of the formula in float64. */
    @Test
    void theGradientOfDistillationIsThatOfTheFormula() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray said = memory.create(SAID);
            said.setRequiresGradient(true);
            try (Gradients gradients = Gradients.record()) {
                gradients.backward(
                        new HeadTargets.Soft(row -> SCORES[row], 2).loss(memory, kernel, said, new int[] {0, 1}, 1));
            }
            float[] found = said.getGradient().toFloatArray();
            double step = 1e-5;
            for (int i = 0; i < found.length; i++) {
                double slope = (formula(i, step) - formula(i, -step)) / (2 * step);
                assertThat((double) found[i]).isCloseTo(slope, within(1e-4));
            }
        }
    }

    /** T^2 KL(q || p) / B at T = 2, with one of the said scores moved. */
    private static double formula(int moved, double by) {
        double sum = 0;
        for (int r = 0; r < SAID.length; r++) {
            double[] p = new double[3];
            double[] q = new double[3];
            double ofP = 0;
            double ofQ = 0;
            for (int c = 0; c < 3; c++) {
                p[c] = Math.exp((SAID[r][c] + (3 * r + c == moved ? by : 0)) / 2);
                q[c] = Math.exp(SCORES[r][c] / 2);
                ofP += p[c];
                ofQ += q[c];
            }
            for (int c = 0; c < 3; c++) {
                sum += q[c] / ofQ * Math.log(q[c] / ofQ / (p[c] / ofP));
            }
        }
        return 4 * sum / SAID.length;
    }

    private static double loss(float[][] said, HeadTargets targets, double factor) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            return targets.loss(memory, kernel, memory.create(said), new int[] {0, 1}, factor)
                    .getFloat();
        }
    }
}
