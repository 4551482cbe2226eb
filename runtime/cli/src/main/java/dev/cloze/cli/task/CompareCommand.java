package dev.cloze.cli.task;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.comparison.Comparison;
import dev.cloze.runtime.comparison.ComparisonResult;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.task.ComparedTask;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures methods against one another on a file of labelled texts. */
@Command(
        name = "compare",
        description = {
            "Measures tuning methods against one another on the labelled texts of a file: for each seed a few of each label are",
            "drawn to learn from and to choose by, the same for every method, and the rest is measured on."
        })
public final class CompareCommand implements Callable<Integer> {

    @Mixin
    private TaskFlags task;

    @Mixin
    private DataFlags data;

    @Option(
            names = "--methods",
            paramLabel = "METHOD[@MODEL]",
            split = ",",
            defaultValue = "TF_IDF,FINE_TUNING,PROMPT_FINE_TUNING",
            converter = ComparedMethodName.Converter.class,
            completionCandidates = ComparedMethodName.Names.class,
            description =
                    "The methods, parted by commas: ${COMPLETION-CANDIDATES}. ${DEFAULT-VALUE} otherwise. Behind @ stands a model"
                            + " other than the task's: SETFIT@sentence-transformers/all-MiniLM-L6-v2. The task's model"
                            + " without training is among them where the labels have words and the template no virtual token. The method"
                            + " of a --task file counts for nothing here, but that its learningRate is this method's.")
    private List<ComparedMethodName> methods;

    @Option(
            names = "--examples",
            paramLabel = "K",
            defaultValue = "16",
            description = "Examples of each label to learn from, and as many to choose by; ${DEFAULT-VALUE} otherwise.")
    private int examples;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            defaultValue = "13,21,42",
            description = "A draw for each of these, parted by commas; ${DEFAULT-VALUE} otherwise.")
    private long[] seeds;

    @Option(
            names = "--learning-rates",
            paramLabel = "[METHOD=]RATES",
            description =
                    "Rates that every method is tried with, parted by commas: 5e-5,1e-4; each method's own otherwise. Methods of"
                            + " virtual tokens want higher ones, named once more: --learning-rates PROMPT_TUNING=2e-3,1e-2.")
    private List<String> rates = new ArrayList<>();

    @Option(
            names = "--test",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many of the others are measured on at most; ${DEFAULT-VALUE} otherwise.")
    private int most;

    @Option(names = "--steps", paramLabel = "N", description = "Optimizer steps of every method that has some.")
    private @Nullable Integer steps;

    @Option(names = "--unlabeled", paramLabel = "FILE", description = "Texts without labels, for PET and iPET.")
    private @Nullable Path unlabeled;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Where what has been measured is kept, with what each method said of each text: a comparison that is cut off"
                            + " goes on from there.")
    private @Nullable Path folder;

    @Option(
            names = "--json",
            description =
                    "Print nothing on standard output but {\"k\", \"seeds\", \"tested\", \"methods\": [{\"name\", \"mean\","
                            + " \"deviation\", \"test\", \"macroF1\", \"dev\", \"seconds\", \"learningRate\"}],"
                            + " \"commonestLabel\"}, the best first; null in lists is what diverged.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "Labelled texts; \"-\" for standard input.")
    private Path texts;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    CompareCommand() {}

    @Override
    public Integer call() {
        SpokenTask said = task.task(Map.of());
        data.requireNames(said);
        if (task.hasMethod()) {
            throw usage("--methods names those that are compared, not --method.");
        }
        if (task.sets("seed")) {
            throw usage(
                    "--set seed counts for nothing in a comparison, where each draw is a seed: --seeds names them.");
        }
        if (task.sets("learningRate")) {
            throw usage(
                    "--set learningRate would be every method's: --learning-rates says those that methods are tried with.");
        }
        List<TuningMethod> named =
                methods.stream().map(ComparedMethodName::method).distinct().toList();
        ComparedTask compared = new ComparedTask(said, named);
        Comparison<DataRow, String> comparison = Comparison.of(compared.declared());
        if (compared.canBeAsked()) {
            comparison.zeroShot();
        }
        methods.stream().distinct().forEach(name -> comparison.contender(name.text(), name::of));
        comparison.examples(examples).seeds(seeds).testAtMost(most).options(compared::trained);
        if (rates.stream().allMatch(list -> list.indexOf('=') >= 0)) { // what is said of all wins over the file
            compared.learningRate().ifPresent(rate -> comparison.learningRates(said.method(), rate));
        }
        rates.forEach(list -> addRates(comparison, named, list));
        Integer asked = steps;
        if (asked != null) {
            comparison.options(options -> options.withMaxSteps(asked));
        }
        if (unlabeled != null) {
            comparison.unlabeled(data.inputs(unlabeled));
        }
        if (folder != null) {
            comparison.folder(folder);
        }
        ComparisonResult result =
                comparison.run(data.examples(texts, said.labels().keySet()));
        spec.commandLine().getOut().println(json ? ComparisonJson.of(result) : result.toString());
        return 0;
    }

    /** @param list {@code 5e-5,1e-4} for all methods, or {@code PROMPT_TUNING=2e-3} for one */
    private void addRates(Comparison<DataRow, String> comparison, List<TuningMethod> named, String list) {
        int equals = list.indexOf('=');
        try {
            double[] values = Arrays.stream(list.substring(equals + 1).split(","))
                    .mapToDouble(rate -> Double.parseDouble(rate.strip()))
                    .toArray();
            if (equals < 0) {
                comparison.learningRates(values);
                return;
            }
            TuningMethod method = TuningMethod.valueOf(list.substring(0, equals).strip());
            if (!named.contains(method)) {
                throw usage("--learning-rates " + list + " is of a method that is not compared: --methods "
                        + named.stream().map(TuningMethod::name).collect(Collectors.joining(",")) + ".");
            }
            comparison.learningRates(method, values);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--learning-rates " + list + " is no list of rates: write 5e-5,1e-4 for all methods, and"
                            + " PROMPT_TUNING=2e-3,1e-2 for one of them.",
                    e);
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
