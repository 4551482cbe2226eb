package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What answers for a task at the moment: opened when it is first asked, and exchanged while it is asked. Any number of threads can use
 * it at once.
 *
 * @param <P> what answers; asked once it is closed it throws {@code PIPELINE_CLOSED}
 */
public final class LiveAnswers<P extends AutoCloseable> implements AutoCloseable {

    private final String task;
    private final Supplier<P> opening;

    /** Both are held while something is opened, which may take minutes: not by monitors, in which virtual threads keep their carriers. */
    private final ReentrantLock reloading = new ReentrantLock();

    /** Nobody who only looks waits for it. */
    private final ReentrantLock opens = new ReentrantLock();

    private @Nullable P present;
    private boolean closed;

    /**
     * Nothing has been opened yet.
     *
     * @param task whose they are, for messages
     */
    public LiveAnswers(String task, Supplier<P> opening) {
        this.task = task;
        this.opening = opening;
    }

    /** What those of the moment give; such as are exchanged at that very moment are asked no more, but the next. */
    public <T> T with(Function<P, T> use) {
        while (true) {
            P asked = open();
            try {
                return use.apply(asked);
            } catch (ClozeException e) {
                if (e.problem() != Problem.PIPELINE_CLOSED || isPresent(asked)) {
                    throw e;
                }
            }
        }
    }

    private synchronized boolean isPresent(P asked) {
        return closed || present == asked;
    }

    /** Those of the moment, opened unless they have been; {@code PIPELINE_CLOSED} where this has been closed. */
    public P open() {
        Optional<P> open = unclosed();
        return open.isPresent() ? open.get() : opened();
    }

    private P opened() {
        opens.lock();
        try {
            Optional<P> meanwhile = unclosed();
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            P next = opening.get();
            close(exchanged(next));
            return unclosed().orElse(next);
        } finally {
            opens.unlock();
        }
    }

    private synchronized Optional<P> unclosed() {
        if (closed) {
            throw new ClozeException(
                    Problem.PIPELINE_CLOSED,
                    "What answers for the task " + task + " has been closed with its application."
                            + "\n  Ask it before the application stops, from beans that depend on it.");
        }
        return Optional.ofNullable(present);
    }

    /** Those of the moment; empty where none have been opened, or all is closed. */
    synchronized Optional<P> present() {
        return Optional.ofNullable(present);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Has what opens now answer from now on; the present ones go on where it doesn't, and are freed once they have answered. */
    public void reload() {
        reloading.lock();
        try {
            if (isUnopened()) {
                open();
                return;
            }
            close(exchanged(opening.get()));
        } finally {
            reloading.unlock();
        }
    }

    private synchronized boolean isUnopened() {
        return closed || present == null;
    }

    /** What was there before; where it has been closed meanwhile, the next one is not needed. */
    private synchronized @Nullable P exchanged(P next) {
        if (closed) {
            return next;
        }
        P before = present;
        present = next;
        return before;
    }

    /** Answers what has been asked and frees all, what is being opened too; who comes later gets a {@code PIPELINE_CLOSED}. */
    @Override
    public void close() {
        close(last());
        opens.lock(); // what was being opened has been closed by whoever opened it
        try {
            close(last());
        } finally {
            opens.unlock();
        }
    }

    private synchronized @Nullable P last() {
        closed = true;
        P last = present;
        present = null;
        return last;
    }

    private void close(@Nullable P answers) {
        if (answers == null) {
            return;
        }
        try {
            answers.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what answers for " + task + " cannot be closed", e);
        }
    }
}
