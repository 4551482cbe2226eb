package dev.cloze.runtime.checkpoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloze.runtime.checkpoint.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FloatsTest {

    @Test
    void everyHalfHasTheValueOfItsDefinition() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int sign = bits >> 15 == 0 ? 1 : -1;
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double value;
            if (exponent == 31) {
                value = fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
            } else if (exponent == 0) {
                value = sign * Math.scalb((double) fraction, -24);
            } else {
                value = sign * Math.scalb(1 + fraction / 1024.0, exponent - 15);
            }
            float read = Floats.ofHalf((short) bits);
            assertEquals(value, read, "bits " + Integer.toHexString(bits));
        }
    }

    @Test
    void aBf16IsTheUpperHalfOfAnF32() {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 0xc049).putShort((short) 0x7f80).flip();
        assertThat(Fixtures.array(Floats.of(ElementType.BF16, bytes)))
                .containsExactly(-3.140625f, Float.POSITIVE_INFINITY);
    }

    @Test
    void stridesOfThreeAxesAreFollowed() {
        float[] source = new float[24];
        for (int i = 0; i < 24; i++) {
            source[i] = i;
        }
        // a [2, 3, 4] array seen with its axes in the order 2, 0, 1
        FloatBuffer read = Floats.gather(FloatBuffer.wrap(source), new long[] {4, 2, 3}, new long[] {1, 12, 4});
        assertThat(Fixtures.array(read))
                .containsExactly(0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23);
    }
}
