package dev.cloze.cli.serve.task;

import dev.cloze.cli.task.SavedKinds;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.application.LiveAnswers;
import dev.cloze.runtime.application.TaskFailure;
import dev.cloze.runtime.application.WatchedArchive;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.time.Instant;
import java.util.List;
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
    private final Optional<WatchedArchive> archive;
    private final LiveAnswers<Opened<A>> live;
    private volatile @Nullable String trouble;

    /** What answers since when, and the task it was opened for. */
    private record Opened<A extends AutoCloseable>(SpokenTask task, A answers, Instant since) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            answers.close();
        }
    }

    /** Opens it. */
    ServedTask(TaskSource source, Function<SpokenTask, A> opening) {
        this.source = source;
        this.archive = source.archive().map(WatchedArchive::new);
        this.live = new LiveAnswers<>(source.name(), () -> {
            archive.ifPresent(WatchedArchive::remember);
            SpokenTask task = source.task();
            return new Opened<>(task, opening.apply(task), Instant.now());
        });
        live.open();
    }

    /** Where it comes from. */
    public TaskSource source() {
        return source;
    }

    /** What it is opened from, if that is an archive. */
    Optional<WatchedArchive> archive() {
        return archive;
    }

    /** What is asked. */
    public SpokenTask task() {
        return live.open().task();
    }

    /** The columns that an input has. */
    public List<String> columns() {
        return SavedKinds.columns(task());
    }

    /** When it was opened. */
    public Instant since() {
        return live.open().since();
    }

    /** Why what is in its archive now does not answer, where that is so. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** What the answers of the moment give. */
    public <T> T with(Function<A, T> use) {
        return live.with(opened -> use.apply(opened.answers()));
    }

    /** Has what is in the archive now answer from now on; the present one goes on where that can't be opened. */
    void reload() {
        try {
            live.reload();
            trouble = null;
        } catch (ClozeException e) {
            trouble = e.getMessage();
            throw e;
        } catch (RuntimeException | Error e) {
            trouble = TaskFailure.unexpected(e);
            throw e;
        }
    }

    void close() {
        live.close();
    }
}
