package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log-probabilities that all kernels share, against the same in float64. */
class LikelihoodTest {

    private static final int LARGE = 152_000;

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final Kernel kernel = Kernel.compile(memory, KernelSource.read("selection", Map.of()));

    @AfterEach
    void free() {
        kernel.close();
        memory.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 152000", "3, 152000", "40, 30522", "2, 256", "3, 255", "5, 1"})
    void theyAreThoseOfFloat64ToTheLastBits(int rows, int words) {
        float[][] logits = random(rows, words);
        NDArray x = memory.create(logits);
        float[] all = kernel.infer(memory, "logProbabilities", x, memory.create(new int[0]))
                .toFloatArray();
        int[] some = {0, words / 2, words - 1};
        float[] ofSome = kernel.infer(
                        memory,
                        "logProbabilities",
                        x,
                        memory.create(Arrays.stream(some).asLongStream().toArray()))
                .toFloatArray();
        for (int row = 0; row < rows; row++) {
            double[] exact = exact(logits[row]);
            for (int word = 0; word < words; word++) {
                assertThat((double) all[row * words + word]).isCloseTo(exact[word], within(2.5e-6));
            }
            for (int i = 0; i < some.length; i++) {
                // One rounding to float32 is left.
                assertThat((double) ofSome[row * some.length + i])
                        .isCloseTo(exact[some[i]], within(0.6 * Math.ulp((float) exact[some[i]])));
            }
        }
    }

    @Test
    void aTextsLossIsTheSameToSevenDigits() {
        float[][] logits = random(4, LARGE);
        long[] labels = {0, 17, LARGE - 1, 70_000};
        float[] losses = kernel.infer(memory, "losses", memory.create(logits), memory.create(labels))
                .toFloatArray();
        for (int row = 0; row < losses.length; row++) {
            double exact = -exact(logits[row])[(int) labels[row]];
            assertThat((double) losses[row]).isCloseTo(exact, within(1e-7 * exact));
        }
    }

    @Test
    void withGradientsTheyAreTheSameUpToFloat32() {
        float[][] logits = random(3, 30_522);
        NDArray x = memory.create(logits);
        x.setRequiresGradient(true);
        NDArray labels = memory.create(new long[] {1, 2, 3});
        float[] trained;
        try (Gradients gradients = Gradients.record()) {
            NDArray losses = kernel.train(memory, "losses", x, labels);
            gradients.backward(losses.sum());
            trained = losses.toFloatArray();
        }
        float[] gradient = x.getGradient().toFloatArray();
        for (int row = 0; row < trained.length; row++) {
            double[] exact = exact(logits[row]);
            assertThat((double) trained[row]).isCloseTo(-exact[row + 1], within(1e-5));
            assertThat((double) gradient[row * 30_522 + row + 1]).isCloseTo(Math.exp(exact[row + 1]) - 1, within(1e-6));
        }
    }

    @Test
    void hugeLogitsShareTheProbabilityAndBlockedOnesHaveNone() {
        NDArray x = memory.create(new float[][] {{1e38f, 1e38f, -1e38f, Float.NEGATIVE_INFINITY}});
        float[] said = kernel.infer(memory, "logProbabilities", x, memory.create(new int[0]))
                .toFloatArray();
        assertThat(said[0]).isEqualTo((float) -Math.log(2));
        assertThat(said[1]).isEqualTo(said[0]);
        assertThat(said[2]).isLessThan(-1e38f);
        assertThat(said[3]).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void whatIsNoNumberStaysNone() {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            NDArray x = memory.create(new float[][] {{1, wrong, 2}});
            assertThat(kernel.infer(memory, "logProbabilities", x, memory.create(new int[0]))
                            .toFloatArray())
                    .contains(Float.NaN);
        }
    }

    @Test
    void noRowsHaveNoLosses() {
        NDArray none = memory.zeros(new Shape(0, 7));
        assertThat(kernel.infer(memory, "losses", none, memory.create(new long[0]))
                        .toFloatArray())
                .isEmpty();
    }

    private static float[][] random(int rows, int words) {
        SplittableRandom random = new SplittableRandom(words + rows);
        float[][] logits = new float[rows][words];
        for (float[] row : logits) {
            for (int i = 0; i < words; i++) {
                row[i] = (float) (random.nextDouble(-9, 9) + 4);
            }
        }
        return logits;
    }

    private static double[] exact(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double logarithm = Math.log(sum);
        double[] exact = new double[logits.length];
        Arrays.setAll(exact, i -> logits[i] - logarithm);
        return exact;
    }
}
