package dev.cloze.runtime.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Turns the stored bytes of floating tensors into f32. */
public final class Floats {

    private Floats() {}

    /** All elements of the little-endian bytes; f32 is a view of them, other types are converted. */
    public static FloatBuffer of(ElementType type, ByteBuffer bytes) {
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.F32) {
            return source.asFloatBuffer();
        }
        int count = source.remaining() / type.bytes();
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = switch (type) {
                case F16 -> ofHalf(source.getShort(2 * i));
                // bf16 is the upper half of an f32.
                case BF16 -> Float.intBitsToFloat(source.getShort(2 * i) << 16);
                case F64 -> (float) source.getDouble(8 * i);
                default -> throw new IllegalArgumentException(type.shown() + " is no floating type");
            };
        }
        return FloatBuffer.wrap(floats);
    }

    /** The value of an IEEE 754 binary16, exactly. */
    static float ofHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            // Zero and subnormals: fraction * 2^-24, which f32 holds exactly.
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
        }
        int widened = exponent == 0x1f ? 0xff : exponent + (127 - 15);
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }

    /** The elements at the strides, in row-major order; strides count elements of the source. */
    public static FloatBuffer gather(FloatBuffer source, long[] shape, long[] strides) {
        int count = 1;
        for (long axis : shape) {
            count = Math.multiplyExact(count, Math.toIntExact(axis));
        }
        float[] floats = new float[count];
        long[] index = new long[shape.length];
        long from = 0;
        for (int i = 0; i < count; i++) {
            floats[i] = source.get((int) from);
            // Like an odometer: the last axis turns fastest.
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return FloatBuffer.wrap(floats);
    }
}
