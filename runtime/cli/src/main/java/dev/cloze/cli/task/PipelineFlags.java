package dev.cloze.cli.task;

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
        if (task.isSaid()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pipeline has a template, labels, a model and a method of its own; leave out what says them.");
        }
        return PromptPipeline.load(SavedTask.of(folder).declared(), folder);
    }

    /** The labels' names of an open pipeline. */
    static Set<String> labels(PromptPipeline<DataRow, String> opened) {
        return new LinkedHashSet<>(opened.labels());
    }
}
