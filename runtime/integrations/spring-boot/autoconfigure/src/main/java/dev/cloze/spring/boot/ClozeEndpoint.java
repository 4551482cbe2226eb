package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** The tasks, over HTTP or JMX: {@code GET /actuator/cloze}; {@code POST /actuator/cloze/review} opens a task's archive anew. */
@Endpoint(id = "cloze")
public final class ClozeEndpoint {

    private final ClozeTasks tasks;

    /** Over these tasks. */
    public ClozeEndpoint(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    /** How they are. */
    @ReadOperation
    public Tasks tasks() {
        return new Tasks(tasks.tasks());
    }

    /** Opens what is in a task's archive now; see {@link ClozeTasks#reload}. */
    @WriteOperation
    public TaskStatus reload(@Selector String task) {
        return tasks.reload(task);
    }

    /**
     * What {@code GET} gives.
     *
     * @param tasks each task
     */
    public record Tasks(List<TaskStatus> tasks) {}
}
