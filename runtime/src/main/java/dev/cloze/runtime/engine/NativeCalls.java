package dev.cloze.runtime.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets the JVM end only between native calls, as libtorch takes itself apart at the process's exit and a call that is
 * still running then crashes.
 *
 * <p>Once the JVM has been asked to end (Ctrl-C, SIGTERM, {@code System.exit}), running calls are waited for and later ones
 * wait for ever, unless somebody is {@link #finishing}.
 */
public final class NativeCalls {

    private static final long PATIENCE_MILLIS = 20_000;

    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();
    private static final AtomicInteger FINISHING = new AtomicInteger();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(NativeCalls::end, "cloze-native-calls"));
        } catch (IllegalStateException alreadyEnding) {
            LOCK.writeLock().lock();
        }
    }

    private NativeCalls() {}

    /** Work that is done even when the JVM has been asked to end, such as a last checkpoint or the answers to what was asked; close it when it is done. */
    public interface Finishing extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps native calls possible until it is closed, at the JVM's end for at most 20 seconds. */
    public static Finishing finishing() {
        FINISHING.incrementAndGet();
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                FINISHING.decrementAndGet();
            }
        };
    }

    static <T> T run(Supplier<T> call) {
        LOCK.readLock().lock();
        try {
            return call.get();
        } finally {
            LOCK.readLock().unlock();
        }
    }

    /** Takes the lock for good: what comes later waits until the JVM is gone. */
    private static void end() {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        try {
            while (FINISHING.get() > 0 && System.currentTimeMillis() < deadline) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOCK.writeLock().lock();
    }
}
