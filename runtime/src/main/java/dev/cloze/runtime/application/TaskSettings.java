package dev.cloze.runtime.application;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an application says of one task.
 *
 * @param enabled whether its pipeline becomes a bean
 * @param of the task whose class this one is of too, where it is a further pipeline of that class; null where it is none
 * @param archive the folder that a tuned pipeline was saved in; null for none
 * @param zeroShot whether it is run without training; null for as all tasks are, where there is no archive
 * @param lazy whether it is opened when it is first asked; null for as all tasks are
 * @param gathering how long an input waits for others; null for as all tasks' do
 * @param capacity inputs that may wait; null for as many as of all tasks
 */
public record TaskSettings(
        boolean enabled,
        @Nullable String of,
        @Nullable Path archive,
        @Nullable Boolean zeroShot,
        @Nullable Boolean lazy,
        @Nullable Duration gathering,
        @Nullable Integer capacity) {

    /** Of a task of which nothing is said. */
    public static final TaskSettings NONE = new TaskSettings(true, null, null, null, null, null, null);
}
