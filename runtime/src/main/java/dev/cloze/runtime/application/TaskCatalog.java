package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The tasks of a program by the names they have in its settings. */
public final class TaskCatalog {

    private final Map<String, DeclaredPipeline<?>> tasks = new LinkedHashMap<>();

    /** Tasks whose names are alike have their full names. */
    public TaskCatalog(List<? extends DeclaredPipeline<?>> found) {
        for (DeclaredPipeline<?> one : found) {
            String name = TaskNames.of(one);
            long namesakes = found.stream()
                    .filter(other -> TaskNames.alike(name, TaskNames.of(other)))
                    .count();
            tasks.put(namesakes == 1 ? name : TaskNames.full(one), one);
        }
    }

    /** Those that the class loader finds as services. */
    public static TaskCatalog found(ClassLoader loader) {
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
     * A pipeline that is to be a bean.
     *
     * @param name as in the settings
     * @param declared its task
     * @param further whether it is another one of a task that has a pipeline of its own name
     */
    public record Bean(String name, DeclaredPipeline<?> declared, boolean further) {}

    /**
     * The pipelines that are to be beans, whatever they are opened from.
     *
     * @param isDefined whether the application defines the pipeline of a task itself
     * @throws dev.cloze.problem.ClozeException CONFIG_TASK_UNKNOWN, CONFIG_SETTING
     */
    public List<Bean> beans(ApplicationSettings settings, Predicate<DeclaredPipeline<?>> isDefined) {
        settings.tasks().forEach((name, task) -> requireKnown(name, task, settings.names()));
        List<Bean> beans = new ArrayList<>();
        tasks.forEach((name, declared) -> {
            if (settings(settings, name, declared).enabled() && !isDefined.test(declared)) {
                beans.add(new Bean(name, declared, false));
            }
        });
        settings.tasks().forEach((name, task) -> {
            if (task.of() != null && task.enabled()) {
                beans.add(new Bean(name, named(task.of()).orElseThrow(), true));
            }
        });
        return beans;
    }

    /**
     * The same, with what each is opened from.
     *
     * @throws dev.cloze.problem.ClozeException CONFIG_TASK_UNKNOWN, CONFIG_SETTING, CONFIG_ARCHIVE_MISSING
     */
    public List<ConfiguredTask> configured(ApplicationSettings settings, Predicate<DeclaredPipeline<?>> isDefined) {
        return beans(settings, isDefined).stream()
                .map(bean -> configured(bean, settings))
                .toList();
    }

    private ConfiguredTask configured(Bean bean, ApplicationSettings settings) {
        TaskSettings task = bean.further()
                ? settings.tasks().getOrDefault(bean.name(), TaskSettings.NONE)
                : settings(settings, bean.name(), bean.declared());
        boolean lazy = task.lazy() == null ? settings.lazy() : task.lazy();
        Path archive = new ArchiveChoice(bean.name(), task, settings).archive();
        ConfiguredTask configured = new ConfiguredTask(
                bean.name(),
                bean.declared(),
                bean.further(),
                archive,
                lazy,
                task.gathering(),
                task.capacity(),
                settings.names());
        requireQueue(configured);
        return configured;
    }

    /** Each by itself, so that the message names the one setting. */
    private static void requireQueue(ConfiguredTask task) {
        requireQueue(task, "gathering", all -> task.gathering() == null ? all : all.withGathering(task.gathering()));
        requireQueue(task, "capacity", all -> task.capacity() == null ? all : all.withCapacity(task.capacity()));
    }

    private static void requireQueue(ConfiguredTask task, String name, UnaryOperator<EngineSettings> set) {
        try {
            var unused = set.apply(EngineSettings.defaults());
        } catch (ClozeException e) {
            throw TaskFailure.of(
                    Problem.CONFIG_SETTING,
                    task.property(name) + " is out of its range: "
                            + e.details().lines().findFirst().orElse(""),
                    "Choose a value in that range, or leave it out to have that of all tasks.");
        }
    }

    private void requireKnown(String name, TaskSettings task, SettingNames names) {
        String of = task.of();
        if (named(of == null ? name : of).isEmpty()) {
            throw TaskFailure.of(
                    Problem.CONFIG_TASK_UNKNOWN,
                    "There is no task " + (of == null ? name : of) + ", of which "
                            + names.of(name, of == null ? "*" : "of") + " speaks.",
                    known(of == null ? name : of));
        }
        if (of != null && named(name).isPresent()) {
            throw TaskFailure.of(
                    Problem.CONFIG_SETTING,
                    names.of(name, "of") + " makes a further pipeline by the name of a task.",
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

    private static TaskSettings settings(ApplicationSettings settings, String name, DeclaredPipeline<?> declared) {
        return settings.tasks().entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), name, declared))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(TaskSettings.NONE);
    }
}
