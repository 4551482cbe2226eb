package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HingeLossTest {

    /** Label scores, which are the losses of the paper's formula with the other sign. */
    private static final float[][] SCORES = {{-1, -3, -1.5f}, {-2, -2, -2.2f}, {-.1f, -4, -5}};

    private static final long[] RIGHT = {0, 2, 1};

    /**
     * By hand: max(0, 1 + 1 - 3) + max(0, 1 + 1 - 1.5) = 0.5, then 1.2 + 1.2 = 2.4, then 1 + 4 - 0.1 = 4.9 and max(0, 1 + 4 - 5)
     * = 0; the mean is 2.6.
     */
    @Test
    void itIsTheMeanOfWhatTheWrongLabelsLackOfAMarginOfOne() {
        assertThat(loss(SCORES, 1)).isCloseTo(2.6, within(1e-6));
        assertThat(loss(SCORES, .25)).isCloseTo(.65, within(1e-6));
        assertThat(loss(new float[][] {{0, -2, -1.5f}, {-9, -9, -3}, {-8, 0, -1}}, 1))
                .isZero();
    }

    /** By finite differences in float64, at scores where no term has its corner. */
    @Test
    void theGradientIsThatOfTheFormula() {
        float[][] scores = {{-1, -3, -1.5f}, {-2, -2.1f, -2.2f}, {-.1f, -4, -5.2f}};
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray said = memory.create(scores);
            said.setRequiresGradient(true);
            try (Gradients gradients = Gradients.record()) {
                gradients.backward(kernel.train(memory, "hinge", said, memory.create(RIGHT), Control.of(memory, 1)));
            }
            float[] found = said.getGradient().toFloatArray();
            double step = 1e-6;
            for (int i = 0; i < found.length; i++) {
                double slope = (formula(scores, i, step) - formula(scores, i, -step)) / (2 * step);
                assertThat((double) found[i]).isCloseTo(slope, within(1e-4));
            }
        }
    }

    private static double formula(float[][] scores, int moved, double by) {
        double sum = 0;
        for (int r = 0; r < scores.length; r++) {
            double[] losses = new double[3];
            for (int c = 0; c < 3; c++) {
                losses[c] = -(scores[r][c] + (3 * r + c == moved ? by : 0));
            }
            for (int wrong = 0; wrong < 3; wrong++) {
                double lack = 1 + losses[(int) RIGHT[r]] - losses[wrong];
                sum += wrong == RIGHT[r] ? 0 : Math.max(0, lack);
            }
        }
        return sum / scores.length;
    }

    private static double loss(float[][] scores, double factor) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            return kernel.train(
                            memory, "hinge", memory.create(scores), memory.create(RIGHT), Control.of(memory, factor))
                    .getFloat();
        }
    }
}
