package dev.cloze.cli.task;

import com.google.gson.Gson;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.task.JavaSource;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tunes a pipeline on labelled texts and saves it. */
@Command(
        name = "train",
        description = {
            "Tunes a model on the labelled texts of a file, by any method, and saves the pipeline: no Java class is needed.",
            "Cut off by Ctrl-C, the same command goes on from there."
        })
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private TaskFlags task;

    @Mixin
    private DataFlags data;

    @Option(
            names = "--dev",
            paramLabel = "FILE",
            description = "Other labelled texts, by which the best weights are kept.")
    private @Nullable Path dev;

    @Option(names = "--unlabeled", paramLabel = "FILE", description = "Texts without labels, for PET and iPET.")
    private @Nullable Path unlabeled;

    @Option(names = "--output", paramLabel = "DIR", description = "The folder that the pipeline is saved to.")
    private @Nullable Path output;

    @Option(names = "--steps", paramLabel = "N", description = "Optimizer steps, as --set maxSteps=N.")
    private @Nullable Integer steps;

    @Option(names = "--seed", paramLabel = "N", description = "What random choices follow from, as --set seed=N.")
    private @Nullable Long seed;

    @Option(
            names = "--emit-java",
            paramLabel = "CLASS",
            description =
                    "Train nothing: print the source of an annotated class that is this task; its pipeline loads what"
                            + " was saved here.")
    private @Nullable String emitted;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Option(names = "--json", description = "Print nothing on standard output but {\"output\", \"dev\"}.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Labelled texts; \"-\" for standard input.")
    private @Nullable Path train;

    @Spec
    private CommandSpec spec;

    /** Whether the training has ended before its time, as the process was asked to. */
    private final AtomicBoolean stopped = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    TrainCommand() {}

    @Override
    public Integer call() {
        SpokenTask said = task.task(settings());
        data.requireNames(said);
        PrintWriter out = spec.commandLine().getOut();
        if (emitted != null) {
            out.print(JavaSource.of(said, emitted));
            return 0;
        }
        Path texts = named(train, "Which texts is it tuned on? Name their file, before or behind the options.");
        Path folder = named(output, "Where is the pipeline saved to? --output DIR says it.");
        Set<String> labels = said.labels().keySet();
        List<Labeled<DataRow, String>> examples = data.examples(texts, labels);
        List<Labeled<DataRow, String>> others = dev == null ? List.of() : data.examples(dev, labels);
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        try (PromptPipeline<DataRow, String> tuned = fitUnlessStopped(said, examples, others, unfinished)) {
            if (stopped.get()) {
                return 1; // the JVM is ending, and what has been trained so far lies in the other folder
            }
            tuned.save(folder);
            delete(unfinished);
            report(out, folder, others.isEmpty() ? null : tuned.evaluate(others));
        }
        return 0;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (steps != null) {
            settings.put("maxSteps", steps.toString());
        }
        if (seed != null) {
            settings.put("seed", seed.toString());
        }
        return settings;
    }

    private Path named(@Nullable Path path, String question) {
        if (path == null) {
            throw new ParameterException(spec.commandLine(), question);
        }
        return path.normalize();
    }

    /** Where the process is asked to end, says how to go on. */
    private PromptPipeline<DataRow, String> fitUnlessStopped(
            SpokenTask said,
            List<Labeled<DataRow, String>> examples,
            List<Labeled<DataRow, String>> others,
            Path unfinished) {
        PrintWriter errors = spec.commandLine().getErr();
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get()) {
                errors.println(
                        MethodTable.of(said.method(), TaskKind.CLASSIFICATION).inSteps()
                                ? "Stopped. The same command goes on from what is in " + unfinished + "."
                                : "Stopped. Nothing is saved: the same command begins anew.");
                errors.flush();
            }
        }));
        try {
            return fit(said, examples, others, unfinished);
        } finally {
            ended.set(true);
        }
    }

    private PromptPipeline<DataRow, String> fit(
            SpokenTask said,
            List<Labeled<DataRow, String>> examples,
            List<Labeled<DataRow, String>> others,
            Path unfinished) {
        PromptTrainer<DataRow, String> trainer = PromptTrainer.of(said.declared())
                .options(options -> said.trained(options).withCheckpointFolder(unfinished))
                .listener(new TrainingListener() {
                    @Override
                    public void onEnd(TrainingEnded end) {
                        stopped.set(end.reason() == StopReason.INTERRUPTED);
                    }
                });
        if (quiet) {
            trainer.quiet();
        }
        Path more = unlabeled;
        return more == null
                ? trainer.fit(examples, others)
                : trainer.fit(examples, others, () -> data.spelled(more, System.in)
                        .rows()
                        .map(data::input));
    }

    private void report(PrintWriter out, Path folder, @Nullable Evaluation<String> evaluation) {
        if (json) {
            Map<String, Object> printed = new LinkedHashMap<>();
            printed.put("output", folder.toString());
            if (evaluation != null) {
                printed.put("dev", Measured.of(evaluation).numbers());
            }
            out.println(new Gson().toJson(printed));
            return;
        }
        if (evaluation != null) {
            out.println(evaluation);
        }
        out.println("Saved to " + folder + ". Use it: cloze predict --pipeline " + folder + " FILE");
    }

    private static void delete(Path folder) {
        try {
            DiskFolders.delete(folder);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The pipeline is saved, but " + folder + " can't be deleted.\n  The system says: " + e,
                    e);
        }
    }
}
