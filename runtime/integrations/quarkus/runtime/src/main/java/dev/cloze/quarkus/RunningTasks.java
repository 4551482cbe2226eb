package dev.cloze.quarkus;

import dev.cloze.runtime.application.ArchiveWatch;
import dev.cloze.runtime.application.Calls;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.ConfiguredTask;
import dev.cloze.runtime.application.JvmSettings;
import dev.cloze.runtime.application.TaskCatalog;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tasks of a started application with all that is to be freed when it stops. */
final class RunningTasks {

    private final JvmSettings settings;
    private final UnpackedArchives unpacked;
    private final ClozeTasks tasks;
    private final List<ConfiguredTask> configured;
    private @Nullable ArchiveWatch watch;

    private RunningTasks(
            JvmSettings settings, UnpackedArchives unpacked, ClozeTasks tasks, List<ConfiguredTask> configured) {
        this.settings = settings;
        this.unpacked = unpacked;
        this.tasks = tasks;
        this.configured = configured;
    }

    /**
     * Those that the configuration says, none of them opened.
     *
     * @param declared all tasks of the application; asked for once what holds for the JVM is set, since which model a task without
     *     one has is settled when its class is looked at
     * @param isDefined whether the application defines the pipeline of a task itself
     */
    static RunningTasks of(
            ClozeBuildConfig fixed,
            ClozeConfig config,
            Supplier<List<? extends DeclaredPipeline<?>>> declared,
            Predicate<DeclaredPipeline<?>> isDefined,
            List<PackagedArchive> packaged,
            Calls calls) {
        JvmSettings settings = Settings.ofJvm(config);
        try {
            UnpackedArchives unpacked = new UnpackedArchives(
                    config.untrained() ? List.of() : packaged,
                    Thread.currentThread().getContextClassLoader());
            try {
                List<ConfiguredTask> configured =
                        new TaskCatalog(declared.get()).configured(Settings.of(fixed, config, unpacked::of), isDefined);
                ClozeTasks tasks = new ClozeTasks(configured, Settings.of(config.serving()), calls);
                return new RunningTasks(settings, unpacked, tasks, configured);
            } catch (RuntimeException | Error e) {
                unpacked.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            settings.close();
            throw e;
        }
    }

    ClozeTasks tasks() {
        return tasks;
    }

    /** Opens those that are not to be opened when they are first asked. */
    void open() {
        configured.stream().filter(task -> !task.lazy()).forEach(task -> tasks.bean(task.name()));
    }

    /** Opens archives anew that are replaced. */
    void watch(Duration interval) {
        watch = ArchiveWatch.of(tasks, interval);
    }

    /** As {@link ClozeTasks#stop}, and frees what else there is. */
    void stop(Duration time) {
        if (watch != null) {
            watch.close();
        }
        try {
            tasks.stop(time);
        } finally {
            settings.close();
            unpacked.close();
        }
    }
}
