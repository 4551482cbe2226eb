package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.engine.NativeCalls;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of an application whose pipelines are beans: how they are, and how one is opened anew without a restart.
 *
 * <p>Any number of threads can use it at once.
 */
public final class ClozeTasks implements AutoCloseable {

    private final SharedEngines engines;
    private final Map<String, PipelineBeans> tasks = new LinkedHashMap<>();

    /** A JVM that is asked to end has what has been asked answered, which is asked for by hooks that run beside its own. */
    private final NativeCalls.Finishing finishing = NativeCalls.finishing();

    /**
     * None has been opened yet.
     *
     * @param serving how tasks that share a model are served; empty where each answers by itself
     * @param calls what is done around each call
     */
    public ClozeTasks(List<ConfiguredTask> configured, Optional<EngineSettings> serving, Calls calls) {
        this.engines = new SharedEngines(serving.orElseGet(EngineSettings::defaults), serving.isPresent());
        configured.forEach(task -> tasks.put(task.name(), PipelineBeans.of(task, engines, calls)));
    }

    /** The bean of a task, whose pipeline has been opened unless it is to be opened when it is first asked. */
    public AutoCloseable bean(String name) {
        PipelineBeans beans = named(name);
        if (!beans.task().task().lazy()) {
            beans.task().open();
        }
        return beans.bean();
    }

    /** What a task is, as its annotations say it; {@code CONFIG_TASK_UNKNOWN} where there is none of that name. */
    public DeclaredPipeline<?> declared(String name) {
        return named(name).task().task().declared();
    }

    /** All of them, in a fixed order. */
    public List<TaskStatus> tasks() {
        return tasks.values().stream().map(beans -> beans.task().status()).toList();
    }

    /**
     * Opens what is in a task's archive now, checks it, and has it answer from then on; the pipeline of before answers until then and
     * what it is at, and is freed. It goes on where the archive can't be opened.
     *
     * @param name as in the settings, such as {@code support-ticket}
     * @throws ClozeException CONFIG_TASK_UNKNOWN, ARCHIVE_UNREADABLE, ARCHIVE_MISMATCH, PIPELINE_CLOSED
     */
    public TaskStatus reload(String name) {
        PipelineBeans beans = named(name);
        beans.task().reload();
        return beans.task().status();
    }

    /** The archives of those that are opened from one and have not been closed. */
    Map<String, WatchedArchive> archives() {
        Map<String, WatchedArchive> archives = new LinkedHashMap<>();
        tasks.forEach((name, beans) -> beans.task().archive().ifPresent(archive -> archives.put(name, archive)));
        return archives;
    }

    /** What the queues of tasks that share a model are doing and have done; all 0 where none share one. */
    public EngineStatus queues() {
        return engines.status();
    }

    private PipelineBeans named(String name) {
        for (Map.Entry<String, PipelineBeans> task : tasks.entrySet()) {
            if (TaskNames.alike(task.getKey(), name)) {
                return task.getValue();
            }
        }
        throw new ClozeException(
                Problem.CONFIG_TASK_UNKNOWN,
                "This application has no task " + name + ".\n  " + NearestName.suggestion(name, tasks.keySet())
                        + " Its tasks are: " + String.join(", ", tasks.keySet()) + ".");
    }

    /** Answers what has been asked, refuses what comes later, and frees the pipelines. */
    public void drain() {
        tasks.values().forEach(beans -> beans.task().close());
    }

    /**
     * The same within a time, and frees all: what has not been answered by then is refused.
     *
     * @param time at most 15 seconds where the JVM ends: libtorch is not waited for longer than some 20
     */
    public void stop(Duration time) {
        Stopping.answered(time, this::drain);
        close();
    }

    /**
     * Refuses what has not been answered in the time there was, and frees all native memory. What a model still computes after a few
     * seconds is left to end by itself.
     */
    @Override
    public void close() {
        Stopping.freed(this::free);
    }

    private void free() {
        try {
            engines.closeNow();
            drain();
        } finally {
            finishing.close();
        }
    }
}
