package dev.cloze.quarkus.deployment;

import dev.cloze.runtime.spi.DeclaredPipeline;
import io.quarkus.builder.item.SimpleBuildItem;
import java.util.List;

/** The tasks that the application's classes have. */
final class FoundTasksBuildItem extends SimpleBuildItem {

    private final List<Found> tasks;

    /**
     * A task.
     *
     * @param provider the name of the class that gives it
     * @param declared as its classes in the build have it
     */
    record Found(String provider, DeclaredPipeline<?> declared) {}

    FoundTasksBuildItem(List<Found> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    List<Found> tasks() {
        return tasks;
    }

    List<? extends DeclaredPipeline<?>> declared() {
        return tasks.stream().map(Found::declared).toList();
    }
}
