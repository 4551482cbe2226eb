package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.application.TaskStatus.State;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline that a task of an application has at the moment, and how it came to it.
 *
 * @param <P> the pipeline's interface
 */
final class TaskPipeline<P extends AutoCloseable> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPipeline.class);

    private final ConfiguredTask task;
    private final Supplier<P> opening;
    private final SharedEngines engines;
    private final LiveAnswers<P> live;
    private final Optional<WatchedArchive> archive;
    private volatile Opening last = new Opening(null, null);

    /** When one was opened, and why the last attempt failed, if it did. */
    private record Opening(
            @Nullable Instant opened, @Nullable String failure) {}

    /** Of a task as it is declared, from its archive or without training. */
    TaskPipeline(ConfiguredTask task, DeclaredPipeline<P> declared, SharedEngines engines) {
        this(task, () -> opened(declared, task.archive()), engines);
    }

    /** Of what is opened so. */
    TaskPipeline(ConfiguredTask task, Supplier<P> opening, SharedEngines engines) {
        this.task = task;
        this.opening = opening;
        this.engines = engines;
        this.live = new LiveAnswers<>(task.name(), this::another);
        this.archive = Optional.ofNullable(task.archive()).map(WatchedArchive::new);
    }

    private static <P extends AutoCloseable> P opened(DeclaredPipeline<P> declared, @Nullable Path archive) {
        return archive == null ? declared.untrained() : declared.load(archive);
    }

    ConfiguredTask task() {
        return task;
    }

    /** What the pipeline of the moment gives; one that is exchanged at that very moment is asked no more, but the next. */
    <T> T with(Function<P, T> use) {
        return live.with(use);
    }

    /** The pipeline, opened unless it has been. */
    P open() {
        return live.open();
    }

    private P another() {
        try {
            archive.ifPresent(WatchedArchive::remember);
            P pipeline = served(opening.get());
            last = new Opening(Instant.now(), null);
            return pipeline;
        } catch (ClozeException e) {
            TaskFailure told = TaskFailure.of(task, e);
            last = new Opening(last.opened(), told.getMessage());
            throw told;
        } catch (RuntimeException | Error e) {
            last = new Opening(last.opened(), TaskFailure.unexpected(e));
            throw e;
        }
    }

    private P served(P pipeline) {
        try {
            return engines.serve(pipeline, task.queue(engines.settings()));
        } catch (RuntimeException | Error e) {
            closeUnserved(pipeline, e);
            throw e;
        }
    }

    private static void closeUnserved(AutoCloseable pipeline, Throwable reason) {
        try {
            pipeline.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    /** Has what is in the archive now answer from now on; the present one goes on where that can't be opened. */
    void reload() {
        boolean first = live.present().isEmpty();
        live.reload();
        if (!first) {
            engines.prune();
            LOG.info("The task {} has been opened anew from {}.", task.name(), task.archive());
        }
    }

    /** What it is opened from, if that is an archive and it has not been closed. */
    Optional<WatchedArchive> archive() {
        return archive.filter(any -> !live.isClosed());
    }

    TaskStatus status() {
        Opening opening = last;
        String failure = opening.failure();
        return new TaskStatus(
                task.name(),
                task.declared().kind().name().toLowerCase(Locale.ROOT),
                task.archive(),
                state(failure),
                opening.opened(),
                failure);
    }

    private State state(@Nullable String failure) {
        if (live.isClosed()) {
            return State.CLOSED;
        }
        return live.present().isPresent() ? State.OPEN : failure != null ? State.FAILED : State.UNOPENED;
    }

    /** Answers what it has been asked and frees it; who comes later gets a {@code PipelineClosed}. */
    void close() {
        live.close();
    }
}
