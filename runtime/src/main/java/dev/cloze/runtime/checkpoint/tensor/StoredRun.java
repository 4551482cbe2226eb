package dev.cloze.runtime.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A tensor's numbers where they are stored, row-major, to be read from any place on.
 *
 * @param bytes how many they take there
 * @param place equal to that of another tensor that is these very bytes
 */
public record StoredRun(ElementType type, long bytes, Object place, Source source) {

    /** How many numbers are compared at a time. */
    private static final int MOST = 1 << 17;

    /** Where the bytes of a run are. */
    public interface Source {
        /** Fills the buffer with the run's bytes from there on. */
        void read(long from, ByteBuffer into);
    }

    /** Numbers that are in memory. */
    public static StoredRun of(FloatBuffer numbers) {
        return new StoredRun(
                ElementType.F32,
                (long) Float.BYTES * numbers.remaining(),
                new Object(),
                (from, into) -> put(numbers.slice((int) (from / Float.BYTES), into.remaining() / Float.BYTES), into));
    }

    private static void put(FloatBuffer numbers, ByteBuffer into) {
        into.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
        into.position(into.limit());
    }

    private long count() {
        return bytes / type.bytes();
    }

    /** Whether the other one holds the same f32, whatever type each is stored as: 0 and -0 are the same, and so are all NaN. */
    public boolean hasNumbersOf(StoredRun other) {
        return place.equals(other.place) || (count() == other.count() && isReadAs(other));
    }

    private boolean isReadAs(StoredRun other) {
        ByteBuffer mine = ByteBuffer.allocateDirect(MOST * type.bytes());
        ByteBuffer others = ByteBuffer.allocateDirect(MOST * other.type.bytes());
        for (long at = 0; at < count(); at += MOST) {
            int some = (int) Math.min(MOST, count() - at);
            fill(mine, at, some);
            other.fill(others, at, some);
            boolean sameBytes = type == other.type && mine.equals(others);
            if (!sameBytes && !Floats.of(type, mine).equals(Floats.of(other.type, others))) {
                return false;
            }
        }
        return true;
    }

    private void fill(ByteBuffer buffer, long at, int some) {
        source.read(at * type.bytes(), buffer.clear().limit(some * type.bytes()));
        buffer.flip();
    }
}
