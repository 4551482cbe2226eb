package dev.cloze.processor.validate;

import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Report;

/** Checks one concept of a task. */
public interface Validator {

    /** Adds what is wrong to the report. */
    void check(TaskModel task, Report report);
}
