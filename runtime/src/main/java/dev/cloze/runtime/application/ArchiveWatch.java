package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at archives from time to time, and has a task opened anew whose archive has been replaced. */
public final class ArchiveWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWatch.class);

    private final ClozeTasks tasks;
    private final Map<String, Stamp> seen = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cloze-archives");
        thread.setDaemon(true);
        return thread;
    });

    /** What tells one save from another. */
    private record Stamp(long modified, long bytes, String key) {}

    /** Looks for the first time, and then as often as the interval says, until it is closed. */
    public ArchiveWatch(ClozeTasks tasks, Duration interval) {
        this.tasks = tasks;
        look((name, stamp) -> seen.put(name, stamp));
        var unused =
                clock.scheduleWithFixedDelay(this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private interface Found {
        void archive(String name, Stamp stamp);
    }

    private void look(Found found) {
        for (TaskStatus task : tasks.tasks()) {
            Path archive = task.archive();
            if (archive != null) {
                stamp(archive).ifPresent(stamp -> found.archive(task.name(), stamp));
            }
        }
    }

    private void look() {
        try {
            look((name, stamp) -> {
                if (!stamp.equals(seen.put(name, stamp))) {
                    reload(name);
                }
            });
        } catch (RuntimeException e) {
            LOG.error("The archives could not be looked at; they will be again.", e);
        }
    }

    private void reload(String name) {
        try {
            tasks.reload(name);
        } catch (ClozeException e) {
            LOG.warn(
                    "The archive of the task {} has been replaced by one that can't be used: {}", name, e.getMessage());
        }
    }

    /** Of the file that ties an archive together; nothing in the moment in which a save replaces it. */
    private static Optional<Stamp> stamp(Path archive) {
        for (String file : new String[] {"manifest.json", "adapter_config.json"}) {
            try {
                BasicFileAttributes of = Files.readAttributes(archive.resolve(file), BasicFileAttributes.class);
                return Optional.of(
                        new Stamp(of.lastModifiedTime().toMillis(), of.size(), String.valueOf(of.fileKey())));
            } catch (IOException e) {
                LOG.trace("{} holds no {}", archive, file, e);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
