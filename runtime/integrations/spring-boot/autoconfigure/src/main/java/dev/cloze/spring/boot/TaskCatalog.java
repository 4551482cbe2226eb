package dev.cloze.spring.boot;

import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.spring.boot.ClozeProperties.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tasks of a program by the names they have in its properties. */
final class TaskCatalog {

    private final Map<String, DeclaredPipeline<?>> tasks = new LinkedHashMap<>();

    /** Tasks whose names are alike have their full names. */
    TaskCatalog(List<? extends DeclaredPipeline<?>> found) {
        for (DeclaredPipeline<?> one : found) {
            String name = TaskNames.of(one);
            long namesakes = found.stream()
                    .filter(other -> TaskNames.alike(name, TaskNames.of(other)))
                    .count();
            tasks.put(namesakes == 1 ? name : TaskNames.full(one), one);
        }
    }

    /** Those that the class loader finds as services. */
    static TaskCatalog found(ClassLoader loader) {
        List<DeclaredPipeline<?>> found = new ArrayList<>();
        try {
            ServiceLoader.load(PipelineProvider.class, loader).forEach(provider -> found.add(provider.pipeline()));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw TaskFailure.of(
                    Problem.CONFIG_TASK_UNKNOWN,
                    "A task that was compiled is not there any more: " + e.getMessage(),
                    "Compile the module from scratch, with a build that starts with clean.");
        }
        return new TaskCatalog(found);
    }

    /**
     * The pipelines that are to be beans.
     *
     * @param isDefined whether the application defines the pipeline of a task itself
     */
    List<ConfiguredTask> configured(ClozeProperties properties, Predicate<DeclaredPipeline<?>> isDefined) {
        properties.tasks().forEach(this::requireKnown);
        List<ConfiguredTask> configured = new ArrayList<>();
        tasks.forEach((name, declared) -> {
            Task task = settings(properties, name, declared);
            if (task.enabled() && !isDefined.test(declared)) {
                configured.add(configured(name, declared, false, task, properties));
            }
        });
        properties.tasks().forEach((name, task) -> {
            if (task.of() != null && task.enabled()) {
                configured.add(configured(name, named(task.of()).orElseThrow(), true, task, properties));
            }
        });
        return configured;
    }

    private void requireKnown(String name, Task task) {
        String of = task.of();
        if (named(of == null ? name : of).isEmpty()) {
            throw TaskFailure.of(
                    Problem.CONFIG_TASK_UNKNOWN,
                    "There is no task " + (of == null ? name : of) + ", of which "
                            + TaskNames.property(name, of == null ? "*" : "of") + " speaks.",
                    known(of == null ? name : of));
        }
        if (of != null && named(name).isPresent()) {
            throw TaskFailure.of(
                    Problem.CONFIG_SETTING,
                    TaskNames.property(name, "of") + " makes a further pipeline by the name of a task.",
                    "Choose a name that no task has: " + String.join(", ", tasks.keySet()) + " are taken.");
        }
    }

    private String known(String name) {
        if (tasks.isEmpty()) {
            return "The class path has no task at all. Compile the annotated classes with cloze-processor on the"
                    + " processor path.";
        }
        String nearest = NearestName.suggestion(name, tasks.keySet());
        return (nearest.isEmpty() ? "" : nearest + " ") + "The tasks are: " + String.join(", ", tasks.keySet()) + ".";
    }

    private Optional<DeclaredPipeline<?>> named(String name) {
        for (Map.Entry<String, DeclaredPipeline<?>> task : tasks.entrySet()) {
            if (isOf(name, task.getKey(), task.getValue())) {
                return Optional.of(task.getValue());
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(String written, String name, DeclaredPipeline<?> declared) {
        return TaskNames.alike(written, name) || TaskNames.alike(written, TaskNames.full(declared));
    }

    private static Task settings(ClozeProperties properties, String name, DeclaredPipeline<?> declared) {
        return properties.tasks().entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), name, declared))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Task.NONE);
    }

    private static ConfiguredTask configured(
            String name, DeclaredPipeline<?> declared, boolean further, Task task, ClozeProperties properties) {
        Path archive = archive(name, task, properties);
        boolean lazy = task.lazy() == null ? properties.lazy() : task.lazy();
        return new ConfiguredTask(name, declared, further, archive, lazy);
    }

    private static @Nullable Path archive(String name, Task task, ClozeProperties properties) {
        if (properties.untrained()) {
            return null;
        }
        boolean zeroShot = Boolean.TRUE.equals(task.zeroShot());
        if (task.archive() != null && zeroShot) {
            throw TaskFailure.of(
                    Problem.CONFIG_SETTING,
                    TaskNames.property(name, "archive") + " and " + TaskNames.property(name, "zero-shot")
                            + "=true are both set, of which one rules the other out.",
                    "Leave one of them out.");
        }
        Path archive = task.archive();
        if (archive == null && !zeroShot && properties.archives() != null) {
            archive = properties.archives().resolve(name);
        }
        if (archive != null && (task.archive() != null || Files.exists(archive))) {
            return required(name, archive);
        }
        if (zeroShot || (properties.zeroShot() && task.zeroShot() == null)) {
            return null;
        }
        throw missing(
                name,
                archive == null
                        ? "nothing says which archive its pipeline is opened from"
                        : "cloze.archives holds no " + archive);
    }

    private static Path required(String name, Path archive) {
        if (!Files.exists(archive)) {
            throw missing(name, TaskNames.property(name, "archive") + " is " + archive + ", which is not there");
        }
        return archive;
    }

    private static TaskFailure missing(String name, String why) {
        return TaskFailure.of(
                Problem.CONFIG_ARCHIVE_MISSING,
                "The task " + name + " has no archive: " + why + ".",
                "Set " + TaskNames.property(name, "archive") + " to the folder that a tuned pipeline was saved in,\n"
                        + TaskNames.property(name, "zero-shot") + "=true to run it without training, or "
                        + TaskNames.property(name, "enabled") + "=false\nto have no such bean.");
    }
}
