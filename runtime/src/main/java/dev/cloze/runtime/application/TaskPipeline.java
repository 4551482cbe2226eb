package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.application.TaskStatus.State;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline that a task has at the moment: opened when it is first asked, and exchanged while it is asked.
 *
 * @param <P> the pipeline's interface
 */
final class TaskPipeline<P extends AutoCloseable> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPipeline.class);

    private final ConfiguredTask task;
    private final DeclaredPipeline<P> declared;
    private final SharedEngines engines;
    private final Object reloading = new Object();

    private @Nullable P present;
    private @Nullable Instant opened;
    private @Nullable ClozeException failure;
    private boolean closed;

    TaskPipeline(ConfiguredTask task, DeclaredPipeline<P> declared, SharedEngines engines) {
        this.task = task;
        this.declared = declared;
        this.engines = engines;
    }

    ConfiguredTask task() {
        return task;
    }

    /** What the pipeline of the moment gives; one that is exchanged at that very moment is asked no more, but the next. */
    <T> T with(Function<P, T> use) {
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

    /** The pipeline, opened unless it has been. */
    synchronized P open() {
        if (closed) {
            throw new ClozeException(
                    Problem.PIPELINE_CLOSED,
                    "The pipeline of the task " + task.name() + " has been closed with its application."
                            + "\n  Ask it before the application stops, from beans that depend on it.");
        }
        P open = present;
        if (open == null) {
            open = another();
            present = open;
        }
        return open;
    }

    private P another() {
        try {
            Path archive = task.archive();
            P pipeline = served(archive == null ? declared.untrained() : declared.load(archive));
            opened(null);
            return pipeline;
        } catch (ClozeException e) {
            TaskFailure told = TaskFailure.of(task, e);
            opened(told);
            throw told;
        }
    }

    private P served(P pipeline) {
        try {
            return engines.serve(pipeline);
        } catch (RuntimeException | Error e) {
            close(pipeline);
            throw e;
        }
    }

    private synchronized void opened(@Nullable ClozeException problem) {
        failure = problem;
        opened = problem == null ? Instant.now() : opened;
    }

    /** Has what is in the archive now answer from now on; the present one goes on where that can't be opened. */
    void reload() {
        synchronized (reloading) {
            if (isUnopened()) {
                open();
                return;
            }
            P next = another();
            P before = exchanged(next);
            close(before);
            engines.prune();
            LOG.info("The task {} has been opened anew from {}.", task.name(), task.archive());
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

    synchronized TaskStatus status() {
        State state =
                closed ? State.CLOSED : present != null ? State.OPEN : failure != null ? State.FAILED : State.UNOPENED;
        return new TaskStatus(
                task.name(),
                task.declared().kind().name().toLowerCase(Locale.ROOT),
                task.archive(),
                state,
                opened,
                failure == null ? null : failure.getMessage());
    }

    /** Answers what it has been asked and frees it; who comes later gets a {@code PipelineClosed}. */
    void close() {
        P last;
        synchronized (this) {
            closed = true;
            last = present;
            present = null;
        }
        close(last);
    }

    private void close(@Nullable P pipeline) {
        if (pipeline == null) {
            return;
        }
        try {
            pipeline.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the pipeline of " + task.name() + " cannot be closed", e);
        }
    }
}
