package dev.cloze.cli.task;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.DataRow;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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

    /** Opens it; the caller closes it. */
    PromptPipeline<DataRow, String> open() {
        Path folder = saved;
        if (folder == null) {
            return PromptPipeline.zeroShot(task.task(Map.of()).declared());
        }
        requireNothingSaid();
        return PromptPipeline.load(SavedTask.of(folder).declared(), folder);
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
     * @param probabilities whether those of all labels are wanted
     */
    RowPredictions predictions(boolean probabilities) {
        Path folder = saved;
        TaskKind kind = folder == null ? TaskKind.CLASSIFICATION : SavedTask.kind(folder);
        if (folder == null || kind == TaskKind.CLASSIFICATION) {
            return RowPredictions.labels(open(), probabilities);
        }
        requireNothingSaid();
        if (probabilities) {
            throw new ParameterException(
                    spec.commandLine(), "--probabilities is of labels, and this pipeline " + kind.described() + ".");
        }
        return RowPredictions.saved(kind, folder);
    }

    /** The labels' names of an open pipeline. */
    static Set<String> labels(PromptPipeline<DataRow, String> opened) {
        return new LinkedHashSet<>(opened.labels());
    }
}
