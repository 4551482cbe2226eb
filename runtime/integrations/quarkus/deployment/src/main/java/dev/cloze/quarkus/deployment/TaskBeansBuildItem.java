package dev.cloze.quarkus.deployment;

import dev.cloze.runtime.application.TaskCatalog.Bean;
import io.quarkus.builder.item.SimpleBuildItem;
import java.util.List;
import java.util.Set;

/** Which pipelines become beans. */
final class TaskBeansBuildItem extends SimpleBuildItem {

    private final List<Bean> beans;
    private final Set<String> defined;

    /** @param defined names of the task classes whose pipelines the application defines itself */
    TaskBeansBuildItem(List<Bean> beans, Set<String> defined) {
        this.beans = List.copyOf(beans);
        this.defined = Set.copyOf(defined);
    }

    List<Bean> beans() {
        return beans;
    }

    Set<String> defined() {
        return defined;
    }
}
