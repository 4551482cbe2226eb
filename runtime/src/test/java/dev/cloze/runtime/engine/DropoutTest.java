package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.data.TwisterDraws;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dropout keeps: on a CPU, and as GPUs have it, run on a CPU. */
class DropoutTest {

    private static final String SOURCE = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              ${layers.py}

              def onCpu(self: __torch__.Kernel,
                  x: Tensor,
                  control: Tensor) -> Tensor:
                chance = float(torch.item(torch.select(control, 0, 0)))
                return (self).drawn(x, chance, int(float(torch.item(torch.select(control, 0, 1)))), )

              def onGpu(self: __torch__.Kernel,
                  x: Tensor,
                  control: Tensor) -> Tensor:
                chance = float(torch.item(torch.select(control, 0, 0)))
                return (self).hashed(x, chance, int(float(torch.item(torch.select(control, 0, 1)))), )
            """;

    private static final int ROWS = 400;
    private static final int COLUMNS = 500;

    @Test
    void aCpuKeepsWhatAMersenneTwisterSays() {
        IntSupplier draws = TwisterDraws.of31Bits(123);
        for (float kept : kept("onCpu", 0.7, 123)) {
            assertThat(kept).isEqualTo(draws.getAsInt() < (long) (0.7 * (1L << 31)) ? 1 : 0);
        }
    }

    @Test
    void aGpuKeepsWhatTheHashOfPlaceAndSeedSays() {
        float[] kept = kept("onGpu", 0.7, 123);
        for (int place = 0; place < kept.length; place++) {
            long hash = mixed(mixed(place) ^ 123);
            assertThat(kept[place]).isEqualTo(hash < (long) (0.7 * (1L << 32)) ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"onCpu, 0.1", "onCpu, 0.5", "onCpu, 0.9", "onGpu, 0.1", "onGpu, 0.5", "onGpu, 0.9"})
    void itKeepsAsManyAsAskedAndNeighboursAndNextSeedsApart(String device, double chance) {
        float[] kept = kept(device, chance, 7);
        float[] next = kept(device, chance, 8);
        double deviation = 1 / Math.sqrt(kept.length);
        assertThat(mean(kept) - chance).isCloseTo(0, within(4 * deviation * Math.sqrt(chance * (1 - chance))));
        assertThat(correlation(kept, next, 0, chance)).isCloseTo(0, within(4 * deviation));
        assertThat(correlation(kept, kept, 1, chance)).isCloseTo(0, within(4 * deviation));
        assertThat(correlation(kept, kept, COLUMNS, chance)).isCloseTo(0, within(4 * deviation));
    }

    /** MurmurHash3's finalizer, with the unsigned 32-bit arithmetic it is given in. */
    private static long mixed(long number) {
        int h = (int) number;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        h ^= h >>> 16;
        return Integer.toUnsignedLong(h);
    }

    private static float[] kept(String device, double chance, int seed) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.of("dropout", SOURCE, Map.of()))) {
            NDArray x = memory.zeros(new Shape(ROWS, COLUMNS));
            NDArray control = memory.create(new double[] {chance, seed});
            return kernel.infer(memory, device, x, control).toFloatArray();
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double correlation(float[] left, float[] right, int distance, double chance) {
        double sum = 0;
        for (int i = 0; i + distance < left.length; i++) {
            sum += (left[i] - chance) * (right[i + distance] - chance);
        }
        return sum / (left.length - distance) / (chance * (1 - chance));
    }
}
