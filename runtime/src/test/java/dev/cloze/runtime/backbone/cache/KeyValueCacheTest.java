package dev.cloze.runtime.backbone.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyValueCacheTest {

    private static final int STEPS = 128;
    private static final KeyValueCache.Sizes SIZES = new KeyValueCache.Sizes(2, 3, 4);

    /** Numbers of one slot of one row. */
    private static final long SLOT = 2 * 2 * 3 * 4;

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final Kernel kernel = KeyValueCache.kernel(memory);
    private final int open = TensorStore.open();

    @AfterEach
    void free() {
        kernel.close();
        memory.close();
        assertThat(TensorStore.open()).isEqualTo(open);
    }

    private KeyValueCache cache(NDArray like, int rows, int capacity) {
        return new KeyValueCache(memory, kernel, SIZES, like, rows, capacity);
    }

    /**
     * Over 128 steps it is copied at most every fourth time in the mean, never twice running, and all copies together are of
     * fewer slots than eleven times those of the last.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 32", "4, 1", "4, 32", "16, 1", "16, 32", "16, 200"})
    void growingCopiesSeldom(int width, int prompt) {
        int most = prompt + width * STEPS;
        try (KeyValueCache cache = cache(memory.ones(new Shape(1)), 1, KeyValueCache.room(prompt, 1, most))) {
            cache.wrote(prompt);
            List<Integer> copiedAt = new ArrayList<>();
            long copied = 0;
            for (int step = 0; step < STEPS; step++) {
                long before = cache.bytes();
                cache.reserve(width, most);
                if (cache.bytes() != before) {
                    assertThat(copiedAt).doesNotContain(step - 1);
                    copiedAt.add(step);
                    copied += cache.used();
                }
                cache.wrote(width);
                long numbers = Float.BYTES * SLOT * cache.used();
                long next = Float.BYTES * SLOT * width;
                assertThat(cache.bytes())
                        .as("after step %d", step)
                        .isBetween(numbers, numbers + (step < 10 ? Math.max(numbers / 10, next) : numbers / 10));
            }
            assertThat(copiedAt).hasSizeLessThanOrEqualTo(STEPS / 4);
            assertThat(copied).isLessThan(11L * most);
            assertThat(cache.bytes()).isEqualTo(Float.BYTES * SLOT * most);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "FLOAT32", "FLOAT64"})
    void itsBytesAreThoseOfItsTensors(DataType type) {
        NDArray like = memory.ones(new Shape(1), type);
        try (KeyValueCache cache = cache(like, 5, 7)) {
            assertThat(cache.bytes()).isEqualTo(type.getNumOfBytes() * SLOT * 5 * 7);
            cache.wrote(7);
            cache.keep(new int[] {4, 0}, 9);
            assertThat(cache.bytes()).isEqualTo(type.getNumOfBytes() * SLOT * 2 * 9);
            cache.reserve(3, 100);
            assertThat(cache.bytes()).isEqualTo(type.getNumOfBytes() * SLOT * 2 * 13);
        }
    }

    @Test
    void growingAndLeavingOutRowsChangesNoNumber() {
        try (KeyValueCache cache = cache(memory.ones(new Shape(1)), 3, 2);
                NDManager scope = memory.newSubManager()) {
            List<NDArray> prefix = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                prefix.add(scope.randomNormal(new Shape(3, 3, 2, 4)));
            }
            cache.fill(prefix);
            cache.reserve(5, 100);
            cache.keep(new int[] {2, 0}, 20);
            List<NDArray> kept = cache.arrays(scope);
            for (int i = 0; i < 4; i++) {
                float[] all = prefix.get(i).toFloatArray();
                float[] expected = new float[2 * 24];
                System.arraycopy(all, 2 * 24, expected, 0, 24);
                System.arraycopy(all, 0, expected, 24, 24);
                assertThat(kept.get(i).toFloatArray()).containsExactly(expected);
            }
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        KeyValueCache cache = cache(memory.ones(new Shape(1)), 1, 1);
        assertThat(TensorStore.open()).isEqualTo(open + 1);
        cache.close();
        cache.close();
    }
}
