package dev.cloze.runtime.engine;

import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calling thread do alone what is over before others are awake: a short text by a small encoder.
 *
 * <p>Other threads keep theirs: OpenMP's number is each thread's own. What decides is the work of a layer and the number of
 * threads, never a clock, so that equal runs give equal bits.
 */
public final class SmallWork {

    /**
     * Multiplications and additions of a layer that two threads gain nothing by sharing: at a width of 128 they broke even at 64
     * tokens, and at one of 384 they gained at any number.
     */
    private static final double SHARED_IN_VAIN = 30e6;

    /**
     * The same where a thread that waits sleeps at once and has to be woken for each operation: they broke even beyond 160 tokens at a
     * width of 128, and at 24 tokens at one of 384.
     */
    private static final double SHARED_IN_VAIN_ASLEEP = 100e6;

    /** A layer's matrices are fetched from memory for few rows as for many, which takes as long as so many rows' arithmetic. */
    private static final int ROWS_OF_FETCHING = 16;

    private SmallWork() {}

    /**
     * Makes a call, alone if a layer of it takes little.
     *
     * @param workOfARow multiplications and additions of a layer for one row
     */
    public static <T> T of(double workOfARow, long rows, Supplier<T> call) {
        int threads = Threads.used();
        if (threads <= 1 || !isSmall(workOfARow, rows, threads, WaitingThreads.sleepAtOnce())) {
            return call.get();
        }
        OpenMp openMp = Found.OPEN_MP;
        if (openMp == null) {
            return call.get();
        }
        JniUtils.getNumThreads(); // libtorch sets a thread's number when it first sees it: let that be over
        openMp.omp_set_num_threads(1);
        try {
            return call.get();
        } finally {
            openMp.omp_set_num_threads(threads);
        }
    }

    /** More threads gain more by sharing, at most twice what two do. */
    static boolean isSmall(double workOfARow, long rows, int threads, boolean asleep) {
        double inVain = asleep ? SHARED_IN_VAIN_ASLEEP : SHARED_IN_VAIN;
        return workOfARow * (rows + ROWS_OF_FETCHING) * 2 * (1 - 1.0 / threads) < inVain;
    }

    /** Looked for when it is first needed, once libtorch is loaded. */
    private static final class Found {
        static final @Nullable OpenMp OPEN_MP = find();

        private static @Nullable OpenMp find() {
            try {
                return WaitingThreads.loadedFrom()
                        .map(path -> Native.load(path.toString(), OpenMp.class))
                        .orElse(null);
            } catch (LinkageError e) {
                return null; // then all calls have all threads
            }
        }
    }

    /** What is used of OpenMP. */
    interface OpenMp extends Library {

        void omp_set_num_threads(int count);
    }
}
