package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.backbone.joint.DaemonThreads;
import dev.cloze.runtime.engine.NativeCalls;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of an application whose pipelines are beans: how they are, and how one is opened anew without a restart.
 *
 * <p>Any number of threads can use it at once.
 */
public final class ClozeTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClozeTasks.class);

    /** How long a model that still computes is waited for when all is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
        if (!within(time, this::drain)) {
            LOG.warn("Not all that has been asked was answered within {} s; the rest is refused.", time.toSeconds());
        }
        close();
    }

    /**
     * Refuses what has not been answered in the time there was, and frees all native memory. What a model still computes after a few
     * seconds is left to end by itself.
     */
    @Override
    public void close() {
        if (!within(PATIENCE, this::free)) {
            LOG.warn("A model still computes; its memory is freed when it has ended.");
        }
    }

    private void free() {
        try {
            engines.closeNow();
            drain();
        } finally {
            finishing.close();
        }
    }

    /** Whether it has ended in that time; it goes on where it has not. */
    private static boolean within(Duration time, Runnable work) {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        DaemonThreads.named("stop").newThread(task).start();
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            if (e.getCause() instanceof Error reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
