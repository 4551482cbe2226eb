package dev.cloze.runtime.application;

/**
 * How a framework writes the names of settings, for messages that name what to set.
 *
 * @param prefix before each, such as {@code cloze.}
 * @param before stands before a task's full name, whose dots are no steps
 * @param after stands behind it
 */
public record SettingNames(String prefix, String before, String after) {

    /** {@code cloze.models}. */
    public String of(String setting) {
        return prefix + setting;
    }

    /** {@code cloze.tasks.support-ticket.archive}. */
    public String of(String task, String setting) {
        return prefix + "tasks" + (task.contains(".") ? before + task + after : "." + task) + "." + setting;
    }
}
