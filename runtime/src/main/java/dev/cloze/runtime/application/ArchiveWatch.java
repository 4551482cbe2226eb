package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at archives from time to time, and has a task opened anew whose archive has been replaced: once its files have not changed
 * between two looks, as it may be being copied in.
 */
public final class ArchiveWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWatch.class);

    private final Supplier<Map<String, Path>> archives;
    private final Consumer<String> reload;
    private final Map<String, ArchiveStamp> seen = new HashMap<>();
    private final Map<String, ArchiveStamp> tried = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cloze-archives");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Looks for the first time, and then as often as the interval says, until it is closed.
     *
     * @param archives of tasks, by their names
     * @param reload has the task of a name opened anew; a {@link ClozeException} says why it can't be
     * @throws ClozeException CONFIG_SETTING where there is no time between two looks
     */
    public ArchiveWatch(Supplier<Map<String, Path>> archives, Consumer<String> reload, Duration interval) {
        this.archives = archives;
        this.reload = reload;
        requirePositive(interval);
        archives.get().forEach((task, archive) -> ArchiveStamp.of(archive).ifPresent(now -> tried.put(task, now)));
        var unused =
                clock.scheduleWithFixedDelay(this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks at those of an application's tasks. */
    public static ArchiveWatch of(ClozeTasks tasks, Duration interval) {
        return new ArchiveWatch(() -> archives(tasks), tasks::reload, interval);
    }

    private static Map<String, Path> archives(ClozeTasks tasks) {
        Map<String, Path> archives = new LinkedHashMap<>();
        for (TaskStatus task : tasks.tasks()) {
            Path archive = task.archive();
            if (archive != null) {
                archives.put(task.name(), archive);
            }
        }
        return archives;
    }

    private static void requirePositive(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw TaskFailure.of(
                    Problem.CONFIG_SETTING,
                    "reload-interval is " + interval.toMillis()
                            + " ms: archives can't be looked at without a pause between two looks.",
                    "Set it to a time such as 10s, or leave it out where they are not to be looked at.");
        }
    }

    private boolean isReplaced(String task, Path archive) {
        Optional<ArchiveStamp> now = ArchiveStamp.of(archive);
        if (now.isEmpty() || !now.get().equals(seen.put(task, now.get()))) {
            return false;
        }
        return !now.get().equals(tried.put(task, now.get()));
    }

    private void look() {
        try {
            archives.get().forEach(this::look);
        } catch (RuntimeException e) {
            LOG.error("The archives could not be looked at; they will be again.", e);
        }
    }

    private void look(String task, Path archive) {
        try {
            if (isReplaced(task, archive)) {
                reload.accept(task);
            }
        } catch (ClozeException e) {
            LOG.warn(
                    "The archive of the task {} has been replaced by one that can't be used: {}", task, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The archive of the task {} could not be looked at; it will be again.", task, e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
