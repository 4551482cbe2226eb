package dev.cloze.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes that are flipped, cut, repeated, exchanged, or overwritten by numbers at the ends of their ranges. */
final class ByteMutation {

    private static final long[] ODD = {
        0,
        1,
        -1,
        127,
        255,
        1 << 15,
        1 << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 60,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private ByteMutation() {}

    static byte[] of(byte[] seed, SplittableRandom random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, SplittableRandom random) {
        // Headers and pickles stand at a file's beginning.
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 2_000));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                return repeated(bytes, at, random);
            }
            case 4 -> number(bytes, at, random);
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(1, 64), bytes.length - Math.max(at, from));
                System.arraycopy(bytes.clone(), from, bytes, at, length);
            }
        }
        return bytes;
    }

    private static byte[] repeated(byte[] bytes, int at, SplittableRandom random) {
        int length = Math.min(random.nextInt(1, 40), bytes.length - at);
        int times = random.nextInt(20) == 0 ? 20_000 : random.nextInt(1, 20);
        ByteBuffer longer = ByteBuffer.allocate(bytes.length + length * times);
        longer.put(bytes, 0, at);
        for (int i = 0; i < times; i++) {
            longer.put(bytes, at, length);
        }
        return longer.put(bytes, at, bytes.length - at).array();
    }

    private static void number(byte[] bytes, int at, SplittableRandom random) {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        number.putLong(ODD[random.nextInt(ODD.length)]);
        int length = Math.min(1 << random.nextInt(4), bytes.length - at);
        System.arraycopy(number.array(), 0, bytes, at, length);
    }
}
