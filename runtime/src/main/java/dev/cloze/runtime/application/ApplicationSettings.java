package dev.cloze.runtime.application;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application says of its tasks.
 *
 * @param lazy whether pipelines are opened when they are first asked, rather than when the application starts
 * @param zeroShot whether tasks that name no archive are run without training
 * @param untrained whether all tasks are run without training, whatever archives are named
 * @param archives the folder that holds the archive of each task, in a folder of the task's name; null for none
 * @param tasks settings of single tasks, by the names that {@link TaskNames} gives
 * @param names how the settings' names are written, for messages
 */
public record ApplicationSettings(
        boolean lazy,
        boolean zeroShot,
        boolean untrained,
        @Nullable Path archives,
        Map<String, TaskSettings> tasks,
        SettingNames names) {}
