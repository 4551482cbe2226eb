package dev.cloze.quarkus;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.application.ApplicationSettings;
import dev.cloze.runtime.application.JvmSettings;
import dev.cloze.runtime.application.SettingNames;
import dev.cloze.runtime.application.TaskSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the configuration says, as all frameworks say it. */
public final class Settings {

    /** How they are written. */
    public static final SettingNames NAMES = new SettingNames("quarkus.cloze.", ".\"", "\"");

    private Settings() {}

    /** What is known when the application is built. */
    public static ApplicationSettings of(ClozeBuildConfig fixed) {
        Map<String, TaskSettings> tasks = new LinkedHashMap<>();
        fixed.tasks()
                .forEach((name, task) -> tasks.put(
                        name, new TaskSettings(task.enabled(), task.of().orElse(null), null, null, null, null, null)));
        return new ApplicationSettings(false, false, false, null, tasks, NAMES);
    }

    /** @param packaged where the packaged archive of a task has been unpacked; null where it has none */
    static ApplicationSettings of(
            ClozeBuildConfig fixed, ClozeConfig config, Function<String, @Nullable Path> packaged) {
        Map<String, TaskSettings> tasks = new LinkedHashMap<>();
        TreeSet<String> names = new TreeSet<>(fixed.tasks().keySet());
        names.addAll(config.tasks().keySet());
        for (String name : names) {
            tasks.put(name, task(fixed.tasks().get(name), config.tasks().get(name), packaged.apply(name)));
        }
        return new ApplicationSettings(
                config.lazy(),
                config.zeroShot(),
                config.untrained(),
                config.archives().orElse(null),
                tasks,
                NAMES);
    }

    private static TaskSettings task(
            ClozeBuildConfig.@Nullable Task fixed, ClozeConfig.@Nullable Task task, @Nullable Path packaged) {
        Path archive = task == null ? null : task.archive().orElse(null);
        Boolean zeroShot = task == null ? null : task.zeroShot().orElse(null);
        return new TaskSettings(
                fixed == null || fixed.enabled(),
                fixed == null ? null : fixed.of().orElse(null),
                archive == null && !Boolean.TRUE.equals(zeroShot) ? packaged : archive,
                zeroShot,
                task == null ? null : task.lazy().orElse(null),
                task == null ? null : task.gathering().orElse(null),
                task == null ? null : task.capacity().orElse(null));
    }

    static JvmSettings ofJvm(ClozeConfig config) {
        return new JvmSettings()
                .with("cloze.models", config.models().orElse(null))
                .with("cloze.cache", config.cache().orElse(null))
                .with("cloze.offline", config.offline().orElse(null))
                .with("cloze.device", config.device().orElse(null))
                .with("cloze.precision", config.precision().orElse(null))
                .with("cloze.quick", config.quick().orElse(null))
                .withThreads(config.threads().orElse(null));
    }

    /** Empty where each pipeline answers by itself. */
    static Optional<EngineSettings> of(ClozeConfig.Serving serving) {
        return serving.enabled()
                ? Optional.of(
                        new EngineSettings(serving.rows(), serving.gathering(), serving.capacity(), serving.deadline()))
                : Optional.empty();
    }
}
