package dev.cloze.quarkus.deployment;

import dev.cloze.runtime.application.ClozeTasks;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** The tasks of the application that will run. */
final class RunningTasksBuildItem extends SimpleBuildItem {

    private final RuntimeValue<ClozeTasks> tasks;

    RunningTasksBuildItem(RuntimeValue<ClozeTasks> tasks) {
        this.tasks = tasks;
    }

    RuntimeValue<ClozeTasks> tasks() {
        return tasks;
    }
}
