package dev.cloze.runtime.tuning;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.spi.DeclaredTemplate;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tuning methods on the class path. */
public final class Strategies {

    private Strategies() {}

    /** All of them. */
    public static List<Strategy> all() {
        return ServiceLoader.load(Strategy.class, Strategies.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The method for a task that chooses labels; {@code TUNING_OPTION_NOT_APPLICABLE} where it serves none. */
    public static ClassificationStrategy classification(TuningMethod method) {
        return of(method, TaskKind.CLASSIFICATION, ClassificationStrategy.class);
    }

    /** The method for a task that rates on a scale; {@code TUNING_OPTION_NOT_APPLICABLE} where it serves none. */
    public static RegressionStrategy regression(TuningMethod method) {
        return of(method, TaskKind.REGRESSION, RegressionStrategy.class);
    }

    /** The method for a task that labels spans; {@code TUNING_OPTION_NOT_APPLICABLE} where it serves none. */
    public static ExtractionStrategy extraction(TuningMethod method) {
        return of(method, TaskKind.EXTRACTION, ExtractionStrategy.class);
    }

    /** The method for a task that ranks words; {@code TUNING_OPTION_NOT_APPLICABLE} where it serves none. */
    public static ClozeStrategy cloze(TuningMethod method) {
        return of(method, TaskKind.CLOZE, ClozeStrategy.class);
    }

    /** The method for a task that has a text written; {@code TUNING_OPTION_NOT_APPLICABLE} where it serves none. */
    public static TextStrategy text(TuningMethod method) {
        return of(method, TaskKind.TEXT, TextStrategy.class);
    }

    /** The method that reads such adapters. */
    public static AdapterStrategy ofAdapters(PeftType type) {
        return adapterStrategies()
                .filter(strategy -> strategy.adapters().contains(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no method reads adapters of the kind " + type));
    }

    /** The method where its products can be written as adapters; {@code ADAPTER_UNSUPPORTED} where they can't. */
    public static AdapterStrategy withAdapters(TuningMethod method) {
        return adapterStrategies()
                .filter(strategy -> strategy.method() == method)
                .findFirst()
                .orElseThrow(() -> new ClozeException(
                        Problem.ADAPTER_UNSUPPORTED,
                        "What " + method + " makes can't be written as an adapter of PEFT, which has no such thing."
                                + "\n  Adapters are written of "
                                + adapterStrategies()
                                        .map(strategy -> strategy.method().name())
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + "; save(folder) saves every pipeline."));
    }

    private static Stream<AdapterStrategy> adapterStrategies() {
        return all().stream().filter(AdapterStrategy.class::isInstance).map(AdapterStrategy.class::cast);
    }

    /** The method that trains a prompt which tasks share. */
    public static SharingStrategy sharing() {
        return all().stream()
                .filter(SharingStrategy.class::isInstance)
                .map(SharingStrategy.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no method trains a prompt that tasks share"));
    }

    /** The names of the methods that make several models which can answer together. */
    public static String withEnsembles() {
        return all().stream()
                .filter(EnsembleStrategy.class::isInstance)
                .map(strategy -> strategy.method().name())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Refuses a method that has nothing to answer with before it is trained: {@code TUNING_OPTION_NOT_APPLICABLE}. */
    public static void requireUntrained(TuningMethod method, TaskKind kind) {
        if (!MethodTable.of(method, kind).untrained()) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    method + " has nothing to " + (kind == TaskKind.TEXT ? "write" : "answer")
                            + " with before it is trained.\n  Train it, or choose one of these methods for a pipeline"
                            + " without training: "
                            + MethodTable.names(row -> row.kind() == kind && row.untrained()) + ".");
        }
    }

    /** Refuses a template that stands twice: {@code TEMPLATE_REPEATED}. */
    public static void requireUnlike(List<?> templates) {
        for (int i = 0; i < templates.size(); i++) {
            int first = templates.indexOf(templates.get(i));
            if (first < i) {
                Object template = templates.get(i);
                throw new ClozeException(
                        Problem.TEMPLATE_REPEATED,
                        "Templates " + (first + 1) + " and " + (i + 1) + " are the same: \""
                                + (template instanceof DeclaredTemplate<?> declared ? declared.text() : template)
                                + "\".\n  The second would teach nothing new and"
                                + " count twice: change one of them, or leave it out.");
            }
        }
    }

    /** Refuses a method that takes one template where a task has several: {@code TUNING_SEVERAL_TEMPLATES}. */
    public static void requireTemplates(String task, TuningMethod method, TaskKind kind, int templates) {
        if (!MethodTable.of(method, kind).takes(templates)) {
            throw new ClozeException(
                    Problem.TUNING_SEVERAL_TEMPLATES,
                    task + " has " + templates + " templates, and " + method
                            + " takes one.\n"
                            + "  Choose one for this run with"
                            + " trainer().template(0), or a method that"
                            + " takes"
                            + " several."
                            + " " + MethodTable.takingSeveralTemplates(kind));
        }
    }

    private static <S extends Strategy> S of(TuningMethod method, TaskKind kind, Class<S> type) {
        return all().stream()
                .filter(strategy -> strategy.method() == method)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new ClozeException(
                        Problem.TUNING_OPTION_NOT_APPLICABLE,
                        method + " does not serve a task that " + kind.described()
                                + ".\n  Choose one of these methods: " + MethodTable.names(row -> row.kind() == kind)
                                + "."));
    }
}
