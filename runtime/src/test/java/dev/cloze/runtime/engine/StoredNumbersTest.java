package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredNumbersTest {

    private NDManager memory;
    private StoredNumbers numbers;
    private ByteBuffer stretch;

    @BeforeEach
    void open() {
        memory = NativeMemory.open(ComputeDevice.CPU);
        numbers = new StoredNumbers(memory);
        stretch = numbers.stretch().clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    @AfterEach
    void close() {
        numbers.close();
        memory.close();
    }

    @Test
    void everyHalfIsWidenedToWhatItMeans() {
        NDArray array = StoredNumbers.empty(memory, 256, 256);
        for (int half = 0; half < 1 << 16; half++) {
            stretch.putShort((short) half);
        }
        stretch.flip();
        assertThat(numbers.write(array, 0, "f16")).isEqualTo(1 << 16);
        float[] widened = array.toFloatArray();
        for (int half = 0; half < 1 << 16; half++) {
            assertThat(Float.compare(widened[half], meaning(half)))
                    .as("%04x", half)
                    .isZero();
        }
    }

    /** Of IEEE 754's binary16. */
    private static float meaning(int half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float sign = half >> 15 == 0 ? 1 : -1;
        if (exponent == 0x1f) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return sign * (exponent == 0 ? fraction * 0x1p-24f : Math.scalb(1024 + fraction, exponent - 25));
    }

    @Test
    void stretchesOfUnlikeTypesFollowEachOther() {
        NDArray array = StoredNumbers.empty(memory, 5);
        long at = 0;
        stretch.putFloat(1.5f).putFloat(-2).flip();
        at += numbers.write(array, at, "f32");
        stretch.clear();
        stretch.putDouble(1.0 / 3).flip();
        at += numbers.write(array, at, "f64");
        stretch.clear();
        stretch.putShort((short) 0x3c00).putShort((short) 0xc000).flip();
        at += numbers.write(array, at, "f16");
        assertThat(at).isEqualTo(5);
        assertThat(array.toFloatArray()).containsExactly(1.5f, -2, (float) (1.0 / 3), 1, -2);
    }

    @Test
    void nothingIsLeftInMemoryButTheArray() {
        NDArray array = StoredNumbers.empty(memory, 4);
        stretch.putFloat(1).putFloat(2).flip();
        numbers.write(array, 0, "f32");
        numbers.write(array, 2, "f32");
        numbers.close();
        assertThat(memory.getManagedArrays()).containsExactly(array);
        assertThat(array.toFloatArray()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void otherTypesAreRefused() {
        NDArray array = StoredNumbers.empty(memory, 4);
        stretch.putFloat(1).flip();
        assertThatThrownBy(() -> numbers.write(array, 0, "bf16"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bf16");
    }
}
