package dev.cloze.runtime.tuning;

import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;

/**
 * A task that has a text written, as methods see it.
 *
 * @param name the task class's full name
 * @param template what the model reads before it writes
 * @param tuning method, backbone and options
 */
public record WritingTask(String name, String template, TaskTuning tuning) {

    /** The task as declared. */
    public static WritingTask of(TextTask<?> task) {
        return new WritingTask(task.name(), task.template(), task.tuning());
    }
}
