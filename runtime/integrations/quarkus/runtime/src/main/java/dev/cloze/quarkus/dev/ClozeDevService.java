package dev.cloze.quarkus.dev;

import com.google.gson.JsonParseException;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.application.ClozeTasks;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the page of the Dev UI asks the application for. */
@ApplicationScoped
public class ClozeDevService {

    private final ClozeTasks tasks;

    /** Of these tasks. */
    public ClozeDevService(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    /** The table. */
    @Blocking
    public List<TaskRow> tasks() {
        return tasks.tasks().stream()
                .map(task -> TaskRow.of(task, tasks.declared(task.name())))
                .toList();
    }

    /**
     * What a task answers.
     *
     * @param task its name
     * @param input as JSON
     */
    @Blocking
    public DevAnswer ask(String task, String input) {
        try {
            return DevAnswer.of(
                    tasks.bean(task), InputJson.read(input, tasks.declared(task).taskClass()));
        } catch (JsonParseException e) {
            return DevAnswer.failed("This is no input of the task: " + e.getMessage());
        } catch (ClozeException e) {
            return DevAnswer.failed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Opens what is in a task's archive now.
     *
     * @param task its name
     * @return why it could not be opened, or ""
     */
    @Blocking
    public String reload(String task) {
        try {
            String failure = tasks.reload(task).failure();
            return failure == null ? "" : failure;
        } catch (ClozeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
