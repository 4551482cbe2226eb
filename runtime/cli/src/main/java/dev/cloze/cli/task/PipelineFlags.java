package dev.cloze.cli.task;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which pipeline predicts: a saved one, or a task as it is said, without training. */
final class PipelineFlags {

    @Option(
            names = "--pipeline",
            paramLabel = "DIR",
            description = "A saved pipeline, of this command line or of a Java class; it knows its template, labels and"
                    + " model.")
    private @Nullable Path saved;

    @Mixin
    private TaskFlags task;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    PipelineFlags() {}

    /** Opens it, for records that are read so; the caller closes it. */
    PromptPipeline<DataRow, String> open(DataFlags data) {
        Path folder = saved;
        if (folder != null) {
            requireNothingSaid();
        }
        SpokenTask opened = folder == null ? task.task(Map.of()) : SavedTask.of(folder);
        data.requireNames(opened);
        return folder == null
                ? PromptPipeline.zeroShot(opened.declared())
                : PromptPipeline.load(opened.declared(), folder);
    }

    private void requireNothingSaid() {
        if (task.isSaid()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pipeline has a template, labels, a model and a method of its own, and all that these were set to; leave"
                            + " out what says them: --task, --template, --label, --model, --method, --multi-token-words,"
                            + " --calibration and --set.");
        }
    }

    /**
     * Opens it, of whatever kind it is, to predict for records; the caller closes it.
     *
     * @param data by which the records are read
     * @param probabilities whether those of all labels are wanted
     */
    RowPredictions predictions(DataFlags data, boolean probabilities) {
        Path folder = saved;
        TaskKind kind = kind();
        if (folder == null || kind == TaskKind.CLASSIFICATION) {
            return RowPredictions.labels(open(data), probabilities);
        }
        requireNothingSaid();
        if (probabilities) {
            throw new ParameterException(
                    spec.commandLine(), "--probabilities is of labels, and this pipeline " + kind.described() + ".");
        }
        SpokenTask task = SavedTask.of(folder, kind);
        data.requireNames(task);
        return RowPredictions.saved(kind, task, folder);
    }

    /** Measures it, of whatever kind it is, on the records of a file and what stands there as right. */
    Measured measured(DataFlags data, Path file) {
        Path folder = saved;
        TaskKind kind = kind();
        if (folder == null || kind == TaskKind.CLASSIFICATION) {
            try (PromptPipeline<DataRow, String> opened = open(data)) {
                return Measured.of(opened.evaluate(data.examples(file, new LinkedHashSet<>(opened.labels()))));
            }
        }
        requireNothingSaid();
        SpokenTask task = SavedTask.of(folder, kind);
        data.requireNames(task);
        return Measured.saved(kind, task, folder, data.rightAnswers(file));
    }

    private TaskKind kind() {
        Path folder = saved;
        return folder == null ? TaskKind.CLASSIFICATION : SavedTask.kind(folder);
    }
}
