package dev.cloze.cli.serve.task;

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

    private final ServedTasks tasks;
    private final Map<Path, Stamp> seen = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cloze-archives");
        thread.setDaemon(true);
        return thread;
    });

    /** What tells one save from another. */
    private record Stamp(long modified, long bytes, String key) {}

    /** Looks at once, and then at this interval. */
    public ArchiveWatch(ServedTasks tasks, Duration interval) {
        this.tasks = tasks;
        tasks.all().forEach(this::isReplaced);
        var unused =
                clock.scheduleWithFixedDelay(this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isReplaced(ServedTask<?> task) {
        Optional<Path> archive = task.source().archive();
        Optional<Stamp> now = archive.flatMap(ArchiveWatch::stamp);
        return now.isPresent() && !now.get().equals(seen.put(archive.orElseThrow(), now.get()));
    }

    private void look() {
        for (ServedTask<?> task : tasks.all()) {
            String name = task.source().name();
            try {
                if (isReplaced(task)) {
                    tasks.reload(task);
                    LOG.info("The task {} has been opened anew.", name);
                }
            } catch (ClozeException e) {
                LOG.warn("The archive of {} has been replaced by one that can't be used: {}", name, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("The archive of {} could not be looked at; it will be again.", name, e);
            }
        }
    }

    /** Of the file that ties an archive together; nothing in the moment in which a save replaces it. */
    private static Optional<Stamp> stamp(Path archive) {
        try {
            BasicFileAttributes of = Files.readAttributes(archive.resolve("manifest.json"), BasicFileAttributes.class);
            return Optional.of(new Stamp(of.lastModifiedTime().toMillis(), of.size(), String.valueOf(of.fileKey())));
        } catch (IOException e) {
            LOG.trace("{} holds no manifest", archive, e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
