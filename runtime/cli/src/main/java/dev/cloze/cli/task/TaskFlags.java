package dev.cloze.cli.task;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.spi.DefaultBackbone;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a task is said on the command line. */
public final class TaskFlags {

    @Option(
            names = "--task",
            paramLabel = "FILE",
            description =
                    "A YAML file with template, labels, model, method, multiTokenWords, calibration and options; what"
                            + " the command line says wins.")
    private @Nullable Path file;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "The template as in @Template, with columns of the file in braces: \"{text} It was {mask}.\""
                    + " Several times for methods that take several.")
    private List<String> templates = new ArrayList<>();

    @Option(
            names = {"--label", "--labels"},
            paramLabel = "NAME=WORDS",
            description = "A label with its words, parted by commas: positive=great,good. Once for each label; without"
                    + " words, just NAME, for methods that read none.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            description = "A model's name or folder; the default one otherwise.")
    private @Nullable String model;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "How it is tuned: ${COMPLETION-CANDIDATES}. PROMPT_FINE_TUNING otherwise.")
    private @Nullable TuningMethod method;

    @Option(
            names = "--multi-token-words",
            paramLabel = "CHOICE",
            description = "What becomes of label words of several tokens: ${COMPLETION-CANDIDATES}. JOINT otherwise.")
    private @Nullable MultiTokenWords multiTokenWords;

    @Option(
            names = "--calibration",
            paramLabel = "CHOICE",
            description = "How scores are freed from the model's own bias: ${COMPLETION-CANDIDATES}. NONE otherwise.")
    private @Nullable Calibration calibration;

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "An option of the method or of the training, by its name in docs/reference/options.md:"
                    + " maxSteps=200.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    TaskFlags() {}

    /** The task of a file alone. */
    public static SpokenTask ofFile(CommandLine commandLine, Path file) {
        TaskFlags flags = new TaskFlags();
        flags.file = file;
        flags.spec = commandLine.getCommandSpec();
        return flags.task(Map.of());
    }

    /** Whether anything was said of a task. */
    boolean isSaid() {
        return file != null
                || !templates.isEmpty()
                || !labels.isEmpty()
                || model != null
                || method != null
                || multiTokenWords != null
                || calibration != null
                || !settings.isEmpty();
    }

    /** Whether a method is named. */
    boolean hasMethod() {
        return method != null;
    }

    /** Whether this option is set beside what a file says. */
    boolean sets(String option) {
        return settings.containsKey(option);
    }

    /** The task; {@code more} wins over what was said. */
    SpokenTask task(Map<String, String> more) {
        Optional<TaskFile> said = Optional.ofNullable(file).map(TaskFile::read);
        List<String> texts = templates.isEmpty() ? said.map(TaskFile::templates).orElse(List.of()) : templates;
        Map<String, List<String>> words =
                labels.isEmpty() ? said.map(TaskFile::labels).orElse(Map.of()) : words(spec.commandLine(), labels);
        if (texts.isEmpty()) {
            throw usage("What is asked? --template says it, with columns of the file in braces: --template"
                    + " \"{text} It was {mask}.\" --label positive=great --label negative=terrible");
        }
        if (words.size() < 2) {
            throw usage("There are " + words.size() + " labels, and a classification has two or more: --label"
                    + " positive=great,good --label negative=terrible,bad");
        }
        Map<String, String> options =
                new LinkedHashMap<>(said.map(TaskFile::options).orElse(Map.of()));
        options.putAll(settings);
        options.putAll(more);
        return new SpokenTask(
                texts,
                words,
                Optional.ofNullable(model)
                        .or(() -> said.flatMap(one -> one.text("model")))
                        .orElseGet(DefaultBackbone::name),
                choice(method, said, "method", TuningMethod.class, TuningMethod.PROMPT_FINE_TUNING),
                choice(multiTokenWords, said, "multiTokenWords", MultiTokenWords.class, MultiTokenWords.JOINT),
                choice(calibration, said, "calibration", Calibration.class, Calibration.NONE),
                options);
    }

    private <E extends Enum<E>> E choice(
            @Nullable E flag, Optional<TaskFile> said, String name, Class<E> type, E otherwise) {
        if (flag != null) {
            return flag;
        }
        Optional<String> text = said.flatMap(one -> one.text(name));
        return text.map(value -> Arrays.stream(type.getEnumConstants())
                        .filter(each -> each.name()
                                .equals(value.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .findFirst()
                        .orElseThrow(() -> usage("The " + name + " of " + file + " is \"" + value + "\". It is one of: "
                                + Arrays.toString(type.getEnumConstants()))))
                .orElse(otherwise);
    }

    /**
     * The words of each label.
     *
     * @param labels each as {@code NAME=WORDS}, or {@code NAME} for none
     */
    public static Map<String, List<String>> words(CommandLine commandLine, List<String> labels) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            String name = (equals < 0 ? label : label.substring(0, equals)).strip();
            if (name.isEmpty()) {
                throw new ParameterException(
                        commandLine, "--label " + label + " has no name: --label positive=great,good");
            }
            List<String> its = equals < 0
                    ? List.of()
                    : Arrays.stream(label.substring(equals + 1).split(","))
                            .map(String::strip)
                            .toList();
            if (words.put(name, its) != null) {
                throw new ParameterException(
                        commandLine,
                        "--label " + name + " is said twice; give its words together: --label " + name + "=great,good");
            }
        }
        return words;
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
