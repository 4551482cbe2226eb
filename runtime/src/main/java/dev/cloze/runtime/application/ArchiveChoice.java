package dev.cloze.runtime.application;

import dev.cloze.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a task's pipeline is opened from, as its settings and those of all tasks have it.
 *
 * @param name the task's
 */
record ArchiveChoice(String name, TaskSettings task, ApplicationSettings settings) {

    /** The folder, which is there; null where the model is run without training. */
    @Nullable
    Path archive() {
        if (settings.untrained()) {
            return null;
        }
        boolean zeroShot = Boolean.TRUE.equals(task.zeroShot());
        if (task.archive() != null && zeroShot) {
            throw TaskFailure.of(
                    Problem.CONFIG_SETTING,
                    setting("archive") + " and " + setting("zero-shot")
                            + "=true are both set, of which one rules the other out.",
                    "Leave one of them out.");
        }
        Path archive = task.archive();
        if (archive == null && !zeroShot && settings.archives() != null) {
            archive = settings.archives().resolve(name);
        }
        if (archive != null && (task.archive() != null || Files.exists(archive))) {
            return required(archive);
        }
        if (zeroShot || (settings.zeroShot() && task.zeroShot() == null)) {
            return null;
        }
        throw missing(
                archive == null
                        ? "nothing says which archive its pipeline is opened from"
                        : settings.names().of("archives") + " holds no " + archive);
    }

    private Path required(Path archive) {
        if (!Files.exists(archive)) {
            throw missing(setting("archive") + " is " + archive + ", which is not there");
        }
        return archive;
    }

    private TaskFailure missing(String why) {
        return TaskFailure.of(
                Problem.CONFIG_ARCHIVE_MISSING,
                "The task " + name + " has no archive: " + why + ".",
                "Set " + setting("archive") + " to the folder that a tuned pipeline was saved in,\n"
                        + setting("zero-shot") + "=true to run it without training, or "
                        + setting("enabled") + "=false\nto have no such bean.");
    }

    private String setting(String setting) {
        return settings.names().of(name, setting);
    }
}
