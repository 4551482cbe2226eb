package dev.cloze.processor.validate;

import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Report;

/** Checks one concept of a task. */
public interface Validator {

    /** Adds what is wrong to the report. */
    void check(TaskModel task, Report report);

    /** Whether it can only check a task that has a template and is of one kind; the others check what is there in any case. */
    default boolean asksForKind() {
        return true;
    }
}
