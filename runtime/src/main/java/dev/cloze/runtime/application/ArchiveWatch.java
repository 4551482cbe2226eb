package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
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

    private final Supplier<Map<String, WatchedArchive>> archives;
    private final Consumer<String> reload;
    private final Map<String, ArchiveStamp> seen = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cloze-archives");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Looks as often as the interval says, until it is closed.
     *
     * @param archives of tasks, by their names
     * @param reload has the task of a name opened anew, at which its archive is remembered; a {@link ClozeException} says why it
     *     can't be
     * @throws ClozeException CONFIG_SETTING where there is no time between two looks
     */
    public ArchiveWatch(Supplier<Map<String, WatchedArchive>> archives, Consumer<String> reload, Duration interval) {
        this.archives = archives;
        this.reload = reload;
        requirePositive(interval);
        var unused =
                clock.scheduleWithFixedDelay(this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks at those of an application's tasks. */
    public static ArchiveWatch of(ClozeTasks tasks, Duration interval) {
        return new ArchiveWatch(tasks::archives, tasks::reload, interval);
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

    private boolean isReplaced(String task, WatchedArchive archive) {
        Optional<ArchiveStamp> now = archive.another();
        return now.isPresent() && now.get().equals(seen.put(task, now.get()));
    }

    /** What is thrown here would end all looks. */
    private void look() {
        try {
            archives.get().forEach(this::look);
        } catch (RuntimeException | Error e) {
            LOG.error("The archives could not be looked at; they will be again.", e);
        }
    }

    private void look(String task, WatchedArchive archive) {
        if (isReplaced(task, archive)) {
            reload(task);
        }
    }

    /** One that can't be opened is not tried again until it changes, as that takes memory and time. */
    private void reload(String task) {
        try {
            reload.accept(task);
        } catch (ClozeException e) {
            LOG.warn(
                    "The archive of the task {} has been replaced by one that can't be used: {}", task, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "The archive of the task {} has been replaced and could not be opened; it is tried again when it"
                            + " changes.",
                    task,
                    e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
