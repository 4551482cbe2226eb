package dev.cloze.cli;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.cli.task.TaskFlags;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.adapter.AdapterWriter;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierArchive;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.TextArchive;
import dev.cloze.runtime.text.WritingPipeline;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an adapter of a saved pipeline, a saved pipeline of an adapter, or an adapter of another. */
@Command(
        name = "convert",
        description = {
            "Makes a folder of PEFT's of a saved pipeline, or of an array of NumPy's, or of one task of several;",
            "with --template a saved pipeline of a folder of PEFT's or an array of NumPy's."
        })
final class ConvertCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            description = "The model it was made for; the one that it names otherwise.")
    private @Nullable String model;

    @Option(
            names = "--task",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Which task of an adapter of several, from 0.")
    private int task;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "The template of the pipeline, as in @Template: \"{text} It was {mask}.\"")
    private @Nullable String template;

    @Option(
            names = "--label",
            paramLabel = "NAME=WORDS",
            description =
                    "A label with its words, parted by commas, as in @LabelWords: POSITIVE=great,good. Once for each"
                            + " label; without any the pipeline has texts written.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--max-length",
            paramLabel = "N",
            defaultValue = "0",
            description = "Tokens of an input at most, as in @Tuning; the usual number otherwise.")
    private int maxLength;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "A saved pipeline, a folder of PEFT's, or an array (.npy).")
    private Path from;

    @Parameters(index = "1", paramLabel = "TO", description = "The folder to be written.")
    private Path to;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ConvertCommand() {}

    @Override
    public Integer call() {
        if (!AdapterReader.isAdapter(from)) {
            if (template != null || !labels.isEmpty()) {
                throw usage("--template and --label say what an adapter does not; a saved pipeline has its own.");
            }
            try (Archive archive = ArchiveReader.open(from)) {
                AdapterExport.write(to, from, archive, model);
            }
            return 0;
        }
        Adapter adapter = AdapterReader.read(from, task);
        if (template == null) {
            if (!labels.isEmpty()) {
                throw usage("--label is for a saved pipeline, which needs --template too.");
            }
            AdapterWriter.write(to, AdapterExport.ofModel(adapter, named(adapter)));
        } else if (labels.isEmpty()) {
            TextTask<DataRow> writing = said(template, adapter).writing();
            try (var pipeline = new WritingPipeline<>(TextArchive.load(writing, adapter))) {
                pipeline.save(to);
            }
        } else {
            ClassificationTask<DataRow, String> choosing =
                    said(template, adapter).declared();
            try (var pipeline = new ClassificationPipeline<>(ClassifierArchive.load(choosing, adapter))) {
                pipeline.save(to);
            }
        }
        return 0;
    }

    private String named(Adapter adapter) {
        String name = model == null ? adapter.config().base() : model;
        if (name.isEmpty()) {
            throw usage(from + " does not say which model it was made for: --model does.");
        }
        return name;
    }

    /** What a pipeline made here is asked. */
    private SpokenTask said(String written, Adapter adapter) {
        return new SpokenTask(
                List.of(written),
                TaskFlags.words(spec.commandLine(), labels),
                named(adapter),
                TuningMethod.PROMPT_TUNING,
                MultiTokenWords.JOINT,
                Calibration.NONE,
                maxLength == 0 ? Map.of() : Map.of("maxLength", Integer.toString(maxLength)));
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
