package dev.cloze.cli.task;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.DataRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
                "Measures how well a saved pipeline, or a template and its label words without training, labels the texts"
                        + " of a file.")
public final class EvaluateCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    @Mixin
    private PipelineFlags pipeline;

    @Mixin
    private DataFlags data;

    @Option(
            names = "--json",
            description = "Print nothing on standard output but {\"accuracy\", \"macroF1\", \"matthews\","
                    + " \"calibrationError\", \"cutShare\", \"n\", \"labels\", \"confusion\"}.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "Labelled texts; \"-\" for standard input.")
    private Path texts;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    EvaluateCommand() {}

    @Override
    public Integer call() {
        try (PromptPipeline<DataRow, String> opened = pipeline.open(data)) {
            Evaluation<String> evaluation = opened.evaluate(data.examples(texts, PipelineFlags.labels(opened)));
            spec.commandLine().getOut().println(json ? JSON.toJson(numbers(evaluation)) : evaluation.toString());
        }
        return 0;
    }

    /** An evaluation by name. */
    static Map<String, Object> numbers(Evaluation<String> evaluation) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("accuracy", evaluation.accuracy());
        numbers.put("macroF1", evaluation.macroF1());
        numbers.put("matthews", evaluation.matthews());
        numbers.put("calibrationError", evaluation.calibrationError());
        numbers.put("cutShare", evaluation.cutShare());
        numbers.put("n", evaluation.n());
        numbers.put("labels", evaluation.confusion().labels());
        numbers.put("confusion", evaluation.confusion().counts());
        return numbers;
    }
}
