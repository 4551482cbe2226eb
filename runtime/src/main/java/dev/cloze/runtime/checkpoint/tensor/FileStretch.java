package dev.cloze.runtime.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a run of stored numbers a stretch at a time. */
final class FileStretch {

    private FileStretch() {}

    /** Hands over all of the run, as much at a time as the buffer holds of whole numbers. */
    static void each(StoredRun run, ByteBuffer stretch, Stretches taker) {
        ElementType type = run.type();
        boolean widened = type == ElementType.BF16;
        int most = (widened ? stretch.capacity() / 2 : stretch.capacity()) & -type.bytes();
        for (long from = 0; from < run.bytes(); from += most) {
            int count = (int) Math.min(most, run.bytes() - from);
            stretch.clear().order(ByteOrder.LITTLE_ENDIAN).limit(widened ? 2 * count : count);
            run.source().read(from, stretch.position(stretch.limit() - count));
            if (widened) {
                widen(stretch, count / 2);
            }
            taker.take(stretch.rewind(), widened ? ElementType.F32.shown() : type.shown());
        }
    }

    /** bf16, the upper half of an f32, from the buffer's second half into all of it; four at a time, as long as there are. */
    private static void widen(ByteBuffer buffer, int count) {
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            long four = buffer.getLong(2 * (count + i));
            buffer.putLong(4 * i, (four & 0xFFFFL) << 16 | (four & 0xFFFF0000L) << 32);
            buffer.putLong(4 * i + 8, four >>> 16 & 0xFFFF0000L | four & 0xFFFF000000000000L);
        }
        for (; i < count; i++) {
            buffer.putInt(4 * i, buffer.getShort(2 * (count + i)) << 16);
        }
    }
}
