package dev.cloze.cli.task;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a pipeline on labelled texts. */
@Command(
        name = "evaluate",
        description =
                "Measures a saved pipeline of any kind, or a template and its label words without training, on the texts of a"
                        + " file whose right answers stand beside them: labels, numbers, words, texts, or spans as predict"
                        + " writes them.")
public final class EvaluateCommand implements Callable<Integer> {

    private static final Gson JSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setPrettyPrinting()
            .create();

    @Mixin
    private PipelineFlags pipeline;

    @Mixin
    private DataFlags data;

    @Option(
            names = "--json",
            description = "Print nothing on standard output but {\"accuracy\", \"macroF1\", \"matthews\","
                    + " \"calibrationError\", \"cutShare\", \"n\", \"labels\", \"confusion\"}, of other kinds what they are"
                    + " measured by.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "Labelled texts; \"-\" for standard input.")
    private Path texts;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    EvaluateCommand() {}

    @Override
    public Integer call() {
        Measured measured = pipeline.measured(data, texts);
        spec.commandLine().getOut().println(json ? JSON.toJson(measured.numbers()) : measured.words());
        return 0;
    }
}
