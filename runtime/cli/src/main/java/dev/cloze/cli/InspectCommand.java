package dev.cloze.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.NearestWords;
import dev.cloze.runtime.adapter.NearestWords.Near;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.workbench.TokenText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a saved pipeline or an adapter holds. */
@Command(
        name = "inspect",
        description = "Prints what a saved pipeline or an adapter of PEFT holds, and the words nearest to its virtual"
                + " tokens.")
final class InspectCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static final int NAMES = 16;

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            description = "The model whose words are asked; the one it was made for otherwise.")
    private @Nullable String model;

    @Option(
            names = "--nearest",
            paramLabel = "K",
            defaultValue = "5",
            description = "How many words for each virtual token, 0 for none; ${DEFAULT-VALUE} otherwise.")
    private int nearest;

    @Option(
            names = "--task",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Which task of an adapter of several, from 0.")
    private int task;

    @Option(
            names = "--json",
            description = "Print nothing on standard output but {\"facts\", \"virtualTokens\": [{\"norm\", \"nearest\":"
                    + " [{\"text\", \"id\", \"cosine\"}]}]}.")
    private boolean json;

    @Parameters(
            paramLabel = "DIR|FILE",
            description = "A saved pipeline, a folder of PEFT's, or an array of NumPy's (.npy).")
    private Path place;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    InspectCommand() {}

    private record Word(String text, int id, double cosine) {}

    private record Row(double norm, List<Word> nearest) {}

    private record Printed(Map<String, String> facts, List<Row> virtualTokens) {}

    @Override
    public Integer call() {
        if (nearest < 0) {
            throw new ParameterException(spec.commandLine(), "--nearest is " + nearest + ", and can't be below 0.");
        }
        Inspected found = Inspected.of(place, task);
        String name = model == null ? found.base() : model;
        boolean asked = nearest > 0 && found.vectors().length > 0 && !name.isEmpty();
        List<Row> rows = asked ? rows(found, name) : List.of();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.toJson(new Printed(found.facts(), rows)));
            return 0;
        }
        found.facts()
                .forEach((fact, value) -> out.println(
                        fact + " ".repeat(Math.max(1, NAMES - fact.length())) + TokenText.onOneLine(value)));
        if (asked) {
            print(out, rows, name);
        } else if (nearest > 0 && found.vectors().length > 0) {
            spec.commandLine()
                    .getErr()
                    .println("Which words are nearest tells --model, the model that it was made for.");
        }
        return 0;
    }

    private List<Row> rows(Inspected found, String name) {
        try (LanguageModel opened = LanguageModel.open(name)) {
            int size = opened.backbone().shape().embeddingSize();
            if (size != found.size()) {
                throw new ClozeException(
                        Problem.ADAPTER_MISMATCH,
                        "The virtual tokens of " + place + " have " + found.size()
                                + " numbers each, and the words of \"" + name + "\" have " + size
                                + ".\n  Name the model that it was made for: --model.");
            }
            int words = Math.min(
                    opened.backbone().shape().vocabularySize(),
                    opened.tokenizer().vocabularySize());
            List<List<Near>> near = NearestWords.of(opened.backbone(), found.vectors(), words, nearest);
            List<Row> rows = new ArrayList<>();
            for (int p = 0; p < near.size(); p++) {
                rows.add(new Row(
                        norm(Arrays.copyOfRange(found.vectors(), p * size, (p + 1) * size)),
                        near.get(p).stream()
                                .map(one ->
                                        new Word(TokenText.of(opened.tokenizer(), one.id()), one.id(), one.cosine()))
                                .toList()));
            }
            return rows;
        }
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float number : vector) {
            sum += (double) number * number;
        }
        return Math.sqrt(sum);
    }

    private static void print(PrintWriter out, List<Row> rows, String name) {
        out.println();
        out.println("nearest words of " + name + ", by cosine:");
        for (int p = 0; p < rows.size(); p++) {
            out.println(String.format(
                            Locale.ROOT, "%4d  length %.3f  ", p, rows.get(p).norm())
                    + rows.get(p).nearest().stream()
                            .map(word -> String.format(
                                    Locale.ROOT, "%s %.3f", TokenText.onOneLine(word.text()), word.cosine()))
                            .collect(Collectors.joining("  ")));
        }
    }
}
