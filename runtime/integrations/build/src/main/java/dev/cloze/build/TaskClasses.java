package dev.cloze.build;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The tasks that a class path was compiled with. */
record TaskClasses(List<DeclaredPipeline<?>> tasks) {

    /** Those that the class loader finds as services. */
    static TaskClasses of(ClassLoader loader) {
        List<DeclaredPipeline<?>> found = new ArrayList<>();
        try {
            ServiceLoader.load(PipelineProvider.class, loader).forEach(provider -> found.add(provider.pipeline()));
        } catch (ServiceConfigurationError e) {
            throw new ClozeException(
                    Problem.CONFIG_TASK_UNKNOWN,
                    "A task that was compiled is not there any more: " + e.getMessage()
                            + "\n  Compile the module from scratch, with a build that starts with clean.",
                    e);
        }
        return new TaskClasses(List.copyOf(found));
    }

    /** The task of a class, by its full name; CONFIG_TASK_UNKNOWN. */
    DeclaredPipeline<?> named(String name) {
        return tasks.stream()
                .filter(one -> one.taskClass().getName().equals(name)
                        || String.valueOf(one.taskClass().getCanonicalName()).equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private ClozeException unknown(String name) {
        TreeSet<String> names = new TreeSet<>();
        tasks.forEach(task -> names.add(task.taskClass().getName()));
        String known = names.isEmpty()
                ? "The class path has no task at all: annotate a class with @Template, and have it compiled with cloze-processor"
                        + " on the processor path."
                : (NearestName.suggestion(name, names) + " The tasks are: " + String.join(", ", names) + ".").strip();
        return new ClozeException(
                Problem.CONFIG_TASK_UNKNOWN, "There is no task " + name + " on the class path.\n  " + known);
    }
}
