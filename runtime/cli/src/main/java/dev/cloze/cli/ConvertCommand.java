package dev.cloze.cli;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.adapter.AdapterWriter;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierArchive;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.TextArchive;
import dev.cloze.runtime.text.WritingPipeline;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private Map<String, String> labels = new LinkedHashMap<>();

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

    /** What a pipeline made here reads: a text for each placeholder. */
    private record Values(Map<String, String> texts) {}

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
            try (var pipeline = new WritingPipeline<>(TextArchive.load(text(template, named(adapter)), adapter))) {
                pipeline.save(to);
            }
        } else {
            try (var pipeline = new ClassificationPipeline<>(
                    ClassifierArchive.load(classification(template, named(adapter)), adapter))) {
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

    private TaskTuning tuning(String name) {
        TaskTuning tuning = TaskTuning.of(TuningMethod.PROMPT_TUNING, name);
        return maxLength == 0 ? tuning : tuning.with("maxLength", maxLength);
    }

    private TextTask<Values> text(String written, String name) {
        TextTask.Builder<Values> built =
                TextTask.of(Values.class).template(written).tuning(tuning(name));
        placeholders(written)
                .forEach(
                        path -> built.placeholder(path, values -> values.texts().get(path)));
        return built.build();
    }

    private ClassificationTask<Values, String> classification(String written, String name) {
        ClassificationTask.Builder<Values, String> built = ClassificationTask.of(Values.class, String.class)
                .template(written)
                .tuning(tuning(name));
        placeholders(written)
                .forEach(
                        path -> built.placeholder(path, values -> values.texts().get(path)));
        labels.forEach((label, words) -> built.label(
                label,
                Arrays.stream(Objects.requireNonNullElse(words, "").split(","))
                        .map(String::strip)
                        .toArray(String[]::new)));
        return built.build();
    }

    private static List<String> placeholders(String written) {
        return TemplateSyntax.parse(written).stream()
                .filter(TemplatePart.Placeholder.class::isInstance)
                .map(part -> ((TemplatePart.Placeholder) part).path())
                .distinct()
                .toList();
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
