package dev.cloze.runtime.spi;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A task as frameworks see it: which type its pipelines have, with its type arguments, and how one is opened.
 *
 * @param <P> the type of its pipelines
 */
public final class DeclaredPipeline<P extends AutoCloseable> {

    /** Those whose pipelines read what PEFT saved. */
    private static final Set<TaskKind> OF_ADAPTERS = Set.of(TaskKind.CLASSIFICATION, TaskKind.CLOZE, TaskKind.TEXT);

    private final TaskKind kind;
    private final Class<?> type;
    private final List<Class<?>> typeArguments;
    private final List<? extends DeclaredTemplate<?>> templates;
    private final TaskTuning tuning;
    private final Supplier<P> untrained;
    private final Function<Path, P> load;
    private final Object declaration;

    private DeclaredPipeline(
            TaskKind kind,
            Class<?> type,
            List<Class<?>> typeArguments,
            List<? extends DeclaredTemplate<?>> templates,
            TaskTuning tuning,
            Supplier<P> untrained,
            Function<Path, P> load,
            Object declaration) {
        this.kind = kind;
        this.type = type;
        this.typeArguments = typeArguments;
        this.templates = templates;
        this.tuning = tuning;
        this.untrained = untrained;
        this.load = load;
        this.declaration = declaration;
    }

    /** Of a task that chooses labels. */
    public static <I, L> DeclaredPipeline<PromptPipeline<I, L>> of(ClassificationTask<I, L> task) {
        return new DeclaredPipeline<>(
                TaskKind.CLASSIFICATION,
                PromptPipeline.class,
                List.of(task.inputType(), task.labelType()),
                task.templates(),
                task.tuning(),
                () -> PromptPipeline.zeroShot(task),
                folder -> PromptPipeline.load(task, folder),
                task);
    }

    /** Of a task that gives a number. */
    public static <I> DeclaredPipeline<RegressionPipeline<I>> of(RegressionTask<I> task) {
        return new DeclaredPipeline<>(
                TaskKind.REGRESSION,
                RegressionPipeline.class,
                List.of(task.inputType()),
                plain(task.templates()),
                task.tuning(),
                () -> RegressionPipeline.zeroShot(task),
                folder -> RegressionPipeline.load(task, folder),
                task);
    }

    /** Of a task that ranks words. */
    public static <I> DeclaredPipeline<ClozePipeline<I>> of(ClozeTask<I> task) {
        return new DeclaredPipeline<>(
                TaskKind.CLOZE,
                ClozePipeline.class,
                List.of(task.inputType()),
                plain(task.templates()),
                task.tuning(),
                () -> ClozePipeline.zeroShot(task),
                folder -> ClozePipeline.load(task, folder),
                task);
    }

    /** Of a task that labels spans. */
    public static <I, L> DeclaredPipeline<ExtractionPipeline<I, L>> of(ExtractionTask<I, L> task) {
        return new DeclaredPipeline<>(
                TaskKind.EXTRACTION,
                ExtractionPipeline.class,
                List.of(task.inputType(), task.labelType()),
                task.templates(),
                task.tuning(),
                () -> ExtractionPipeline.zeroShot(task),
                folder -> ExtractionPipeline.load(task, folder),
                task);
    }

    /** Of a task that has a text written. */
    public static <I> DeclaredPipeline<TextPipeline<I>> of(TextTask<I> task) {
        return new DeclaredPipeline<>(
                TaskKind.TEXT,
                TextPipeline.class,
                List.of(task.inputType()),
                plain(List.of(task.template())),
                task.tuning(),
                () -> TextPipeline.pretrained(task),
                folder -> TextPipeline.load(task, folder),
                task);
    }

    private static List<DeclaredTemplate<Object>> plain(List<String> templates) {
        return templates.stream()
                .map(text -> new DeclaredTemplate<>(text, Map.of()))
                .toList();
    }

    /** The kind of task. */
    public TaskKind kind() {
        return kind;
    }

    /** The whole declaration, where labels are chosen; empty for the other kinds. */
    public Optional<ClassificationTask<?, ?>> classification() {
        return declaration instanceof ClassificationTask<?, ?> task ? Optional.of(task) : Optional.empty();
    }

    /** The whole declaration, where a number is given; empty for the other kinds. */
    public Optional<RegressionTask<?>> regression() {
        return declaration instanceof RegressionTask<?> task ? Optional.of(task) : Optional.empty();
    }

    /** The whole declaration, where words are ranked; empty for the other kinds. */
    public Optional<ClozeTask<?>> cloze() {
        return declaration instanceof ClozeTask<?> task ? Optional.of(task) : Optional.empty();
    }

    /** The task class. */
    public Class<?> taskClass() {
        return typeArguments.get(0);
    }

    /** The interface of its pipelines, such as {@code PromptPipeline}. */
    public Class<?> type() {
        return type;
    }

    /** What that interface is of: the task class and, where labels are chosen, their enum. */
    public List<Class<?>> typeArguments() {
        return typeArguments;
    }

    /** The templates, each with the words it has for labels that the task names; at least one. */
    public List<? extends DeclaredTemplate<?>> templates() {
        return templates;
    }

    /** Method, backbone and options, as the task declares them. */
    public TaskTuning tuning() {
        return tuning;
    }

    /**
     * Opens the language model as it is; the caller closes the pipeline.
     *
     * @throws ClozeException as the pipeline's {@code zeroShot} or {@code pretrained}
     */
    public P untrained() {
        return untrained.get();
    }

    /**
     * Opens a saved pipeline; the caller closes it.
     *
     * @throws ClozeException as the pipeline's {@code load}
     */
    public P load(Path folder) {
        return load.apply(folder);
    }

    /**
     * Refuses a saved pipeline that is damaged, or that was made for another kind of task, other templates, labels or words. No model
     * is opened, so that a build can ask: whether the model is the one that it was made for, {@link #load} alone tells.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, ARCHIVE_MISMATCH
     */
    public void check(Path folder) {
        if (OF_ADAPTERS.contains(kind) && AdapterReader.isAdapter(folder)) {
            var unused = AdapterReader.read(folder);
            return; // other tools' adapters say nothing of tasks
        }
        try (Archive archive = ArchiveReader.open(folder)) {
            archive.requireKind(folder, kind);
            archive.requireDeclared(folder, templates);
        }
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " of " + Placeholders.name(taskClass());
    }
}
