package dev.cloze.cli.serve.task;

import dev.cloze.cli.task.SpokenTask;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A task, with what answers for it at the moment.
 *
 * @param <A> what answers
 */
public final class ServedTask<A extends AutoCloseable> {

    private final TaskSource source;
    private final Function<SpokenTask, A> opening;
    private final Object reloading = new Object();
    private volatile State<A> state;
    private volatile @Nullable String trouble;

    /** What answers since when, and the task it was opened for. */
    private record State<A>(SpokenTask task, A answers, Instant since) {}

    /** Opens it. */
    ServedTask(TaskSource source, Function<SpokenTask, A> opening) {
        source.requireServable();
        this.source = source;
        this.opening = opening;
        this.state = opened();
    }

    private State<A> opened() {
        SpokenTask task = source.task();
        return new State<>(task, opening.apply(task), Instant.now());
    }

    /** Where it comes from. */
    public TaskSource source() {
        return source;
    }

    /** What is asked. */
    public SpokenTask task() {
        return state.task();
    }

    /** When it was opened. */
    public Instant since() {
        return state.since();
    }

    /** Why what is in its archive now does not answer, where that is so. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** What the answers of the moment give; such as are exchanged at that very moment are asked no more, but the next. */
    public <T> T with(Function<A, T> use) {
        while (true) {
            State<A> asked = state;
            try {
                return use.apply(asked.answers());
            } catch (ClozeException e) {
                if (e.problem() != Problem.PIPELINE_CLOSED || asked == state) {
                    throw e;
                }
            }
        }
    }

    /** Has what is in the archive now answer from now on; the present one goes on where that can't be opened. */
    void reload() {
        synchronized (reloading) {
            State<A> before = state;
            try {
                state = opened();
                trouble = null;
            } catch (ClozeException e) {
                trouble = e.getMessage();
                throw e;
            }
            close(before.answers());
        }
    }

    void close() {
        synchronized (reloading) {
            close(state.answers());
        }
    }

    private void close(A answers) {
        try {
            answers.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what answers for " + source.name() + " can't be closed", e);
        }
    }
}
