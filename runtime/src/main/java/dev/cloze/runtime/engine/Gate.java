package dev.cloze.runtime.engine;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets many threads use native memory and frees it only when the last of them has left. */
public final class Gate {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closing;
    private boolean closed;

    /** Runs the work inside, or throws what {@code whenClosed} makes if the gate has been closed or is about to be; it never waits. */
    public <T> T inside(Supplier<T> work, Supplier<? extends RuntimeException> whenClosed) {
        if (!enter()) {
            throw whenClosed.get();
        }
        try {
            if (closed) {
                throw whenClosed.get();
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Takes the lock, past whoever waits to close: one inside may wait for the one who enters. Only whoever is inside already is let in
     * once it is closing.
     */
    private boolean enter() {
        return (!closing || lock.getReadHoldCount() > 0) && lock.readLock().tryLock();
    }

    /** Runs work of the pipeline of a task inside; {@code PIPELINE_CLOSED} if the gate has been closed. */
    public <T> T inside(Supplier<T> work, String task) {
        return inside(
                work,
                () -> new ClozeException(
                        Problem.PIPELINE_CLOSED,
                        "This pipeline of " + task + " has been closed."
                                + "\n  Use it inside its try block, or open another one."));
    }

    /**
     * Lets nobody else in, waits until nobody is inside, and runs the release; a second call does nothing.
     *
     * @throws ClozeException PIPELINE_CLOSED from inside, where one would wait for oneself for ever
     */
    public void close(Runnable release) {
        if (lock.getReadHoldCount() > 0) {
            throw new ClozeException(
                    Problem.PIPELINE_CLOSED,
                    "A pipeline cannot be closed by a listener or a getter that it is just calling."
                            + "\n  Close it after the call, or from another thread.");
        }
        closing = true;
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                release.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
