package dev.cloze.cli.serve.task;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.cli.task.SavedTask;
import dev.cloze.cli.task.SpokenTask;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.data.DataRow;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a task comes from.
 *
 * @param name in paths and metrics
 * @param archive the folder of a saved pipeline, where it is one
 * @param said the task itself, where it is one that nothing was tuned for
 * @param kind of the task that is said
 */
public record TaskSource(String name, Optional<Path> archive, Optional<SpokenTask> said, TaskKind kind) {

    /** A saved pipeline. */
    public static TaskSource saved(String name, Path folder) {
        return new TaskSource(name, Optional.of(folder), Optional.empty(), SavedTask.kind(folder));
    }

    /** A task that chooses labels without training. */
    public static TaskSource untrained(String name, SpokenTask task) {
        return new TaskSource(name, Optional.empty(), Optional.of(task), TaskKind.CLASSIFICATION);
    }

    /** A model that goes on with texts. */
    public static TaskSource writer(String name, SpokenTask task) {
        return new TaskSource(name, Optional.empty(), Optional.of(task), TaskKind.TEXT);
    }

    /** The task as it is now: an archive says itself. */
    SpokenTask task() {
        return archive.map(folder -> SavedTask.of(folder, kind)).or(() -> said).orElseThrow();
    }

    /** Opens it as one that chooses labels. */
    PromptPipeline<DataRow, String> labels(SpokenTask task) {
        return archive.map(folder -> PromptPipeline.load(task.declared(), folder))
                .orElseGet(() -> PromptPipeline.zeroShot(task.declared()));
    }

    /** Opens it as one that writes texts. */
    TextPipeline<DataRow> texts(SpokenTask task) {
        return archive.map(folder -> TextPipeline.load(task.writing(), folder))
                .orElseGet(() -> TextPipeline.pretrained(task.writing()));
    }

    /** Refuses kinds that no route answers for. */
    void requireServable() {
        if (kind != TaskKind.CLASSIFICATION && kind != TaskKind.TEXT) {
            throw new ClozeException(
                    Problem.ARCHIVE_MISMATCH,
                    "The saved pipeline of " + name + " " + kind.described() + ", which is not served over HTTP yet."
                            + "\n  Served are pipelines that choose labels and such that write texts.");
        }
    }
}
