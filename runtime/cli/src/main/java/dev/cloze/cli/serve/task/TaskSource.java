package dev.cloze.cli.serve.task;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.cli.task.SavedKinds;
import dev.cloze.cli.task.SavedTask;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.workbench.task.SpokenTask;
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

    /** Opens it as one that writes texts. */
    TextPipeline<DataRow> texts(SpokenTask task) {
        return archive.map(folder -> TextPipeline.load(task.writing(), folder))
                .orElseGet(() -> TextPipeline.pretrained(task.writing()));
    }

    /** Opens it as one of any other kind, and has it served. */
    InputAnswers answers(SpokenTask task, SharedEngines engines) {
        return switch (kind) {
            case CLASSIFICATION ->
                Answering.labels(
                        archive.map(folder -> PromptPipeline.load(task.declared(), folder))
                                .orElseGet(() -> PromptPipeline.zeroShot(task.declared())),
                        engines);
            case REGRESSION ->
                Answering.numbers(RegressionPipeline.load(SavedKinds.regression(task, saved()), saved()), engines);
            case CLOZE -> Answering.words(ClozePipeline.load(SavedKinds.cloze(task), saved()), engines);
            case EXTRACTION ->
                Answering.spans(ExtractionPipeline.load(SavedKinds.extraction(task, saved()), saved()), engines);
            case TEXT -> throw new IllegalStateException(name + " writes texts");
        };
    }

    private Path saved() {
        return archive.orElseThrow();
    }
}
