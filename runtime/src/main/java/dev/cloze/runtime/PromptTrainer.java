package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierTraining;
import dev.cloze.runtime.search.SearchedLabels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.templatesearch.TemplateSearching;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.words.WordSearching;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tunes a pipeline on labelled examples by the task's method.
 *
 * <pre>{@code
 * try (var tuned = ReviewPipeline.trainer().options(o -> o.withMaxSteps(200)).fit(train, dev)) { ... }
 * }</pre>
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public final class PromptTrainer<I, L> {

    private static final int ALL = -1;

    private final ClassificationTask<I, L> task;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private @Nullable UnaryOperator<TrainingOptions> shared;
    private @Nullable TuningMethod method;
    private @Nullable String model;
    private int template = ALL;
    private @Nullable List<String> templates;
    private @Nullable Map<L, List<String>> words;
    private boolean quiet;

    private PromptTrainer(ClassificationTask<I, L> task) {
        this.task = task;
    }

    /** A trainer of this task; generated code calls this. */
    public static <I, L> PromptTrainer<I, L> of(ClassificationTask<I, L> task) {
        return new PromptTrainer<>(task);
    }

    /** Tunes by this method, for this trainer alone, whatever the annotation says. */
    public PromptTrainer<I, L> method(TuningMethod other) {
        this.method = other;
        return this;
    }

    /**
     * Tunes this model, for this trainer alone, whatever the annotation says: to compare models. A pipeline that is saved is loaded
     * by a task of that model, {@code task.withTuning(task.tuning().withBackbone(name))}.
     *
     * @param name of a model or its folder, as in {@code @Tuning}; whether it has the label words is seen when it is opened
     */
    public PromptTrainer<I, L> model(String name) {
        this.model = name;
        return this;
    }

    /**
     * Tunes with one of the task's templates alone, whatever the others are.
     *
     * @param number its place among them, from 0
     * @throws IndexOutOfBoundsException if there is no such template
     */
    public PromptTrainer<I, L> template(int number) {
        this.template = Objects.checkIndex(number, task.templates().size());
        this.templates = null;
        return this;
    }

    /**
     * Tunes with these templates instead of the task's, for this trainer alone; they have the words of its first one.
     *
     * @param other written as in {@code @Template}, such as {@link FoundTemplates#best(int)}; several make an ensemble, by
     *     methods that take several
     */
    public PromptTrainer<I, L> templates(List<String> other) {
        this.templates = List.copyOf(other);
        this.template = ALL;
        return this;
    }

    /**
     * Changes options as {@link #options} does, before it, for trainers of several methods: those that this one's method doesn't have
     * are left out, where {@link #options} has them refused.
     */
    public PromptTrainer<I, L> sharedOptions(UnaryOperator<TrainingOptions> next) {
        this.shared = next;
        return this;
    }

    /** Gives the labels these words, for this trainer alone, whatever the annotations say. */
    public PromptTrainer<I, L> words(Map<L, List<String>> other) {
        Map<L, List<String>> inOrder = new LinkedHashMap<>();
        task.labels().keySet().forEach(label -> inOrder.put(label, other.getOrDefault(label, List.of())));
        this.words = inOrder;
        return this;
    }

    /**
     * Changes the options that the task's annotation and the method have set; several changes are made in turn, once a training.
     *
     * @param next may read what the annotation says, or the general defaults; what a method chooses by the model comes later
     */
    public PromptTrainer<I, L> options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** The method that it tunes by. */
    public TuningMethod method() {
        return tuning().method();
    }

    /** The name of the model that it tunes, where the method has one. */
    public String model() {
        return tuning().backbone();
    }

    /** The options as they are set by now, but for what the method chooses by the model. */
    public TrainingOptions options() {
        return request(asked()).options(tuning(), TrainingOptions.defaults(), false);
    }

    /** Adds a listener. */
    public PromptTrainer<I, L> listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Leaves out the progress bar, or the log lines where there is no terminal. */
    public PromptTrainer<I, L> quiet() {
        this.quiet = true;
        return this;
    }

    /**
     * Refuses what every training of this trainer would refuse, whatever its examples are: before they are read, or others are trained.
     *
     * @throws ClozeException TUNING_SEVERAL_TEMPLATES, TEMPLATE_REPEATED, TEMPLATE_WORDS_INCOMPLETE, TUNING_TOO_FEW_MODELS,
     *     TUNING_OPTION_NOT_APPLICABLE, TUNING_PROMPT_LENGTH_MISSING, TRAINING_OPTION_OUT_OF_RANGE, TEMPLATE_SYNTAX,
     *     TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD
     */
    public void check() {
        training().check();
    }

    /**
     * Tunes on these examples and keeps the last weights, as there is nothing to choose better ones by.
     *
     * @throws ClozeException as {@link #fit(List, List)}
     */
    public PromptPipeline<I, L> fit(List<Labeled<I, L>> train) {
        return fit(train, List.of());
    }

    /**
     * Tunes on the training examples and keeps the weights that are most accurate on the development examples.
     *
     * @param train at least one example of every label
     * @param dev other examples; empty to keep the last weights
     * @return the tuned pipeline, which the caller closes
     * @throws ClozeException TRAINING_TOO_FEW_EXAMPLES, VERBALIZER_UNKNOWN_LABEL, INPUT_NULL or INPUT_TOO_LONG for an
     *     example of either list, TRAINING_OPTION_OUT_OF_RANGE, TRAINING_CHECKPOINT, all before the first step;
     *     TRAINING_DIVERGED, DISK_WRITE
     */
    public PromptPipeline<I, L> fit(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        return fit(train, dev, List.of());
    }

    /**
     * Tunes with inputs that have no label beside the examples, by methods that learn from them, such as PET; others don't
     * look at them. They are gone through once, written to the run's folder, and never all in memory.
     *
     * @param unlabeled other inputs than those of the examples, which are left out where they are among them
     * @throws ClozeException as {@link #fit(List, List)}; TRAINING_UNLABELED_MISSING where the method needs some and there are
     *     none; DATA_UNREADABLE where what gives them fails with an {@link java.io.UncheckedIOException}; TRAINING_STOPPED where
     *     the thread is interrupted before there is anything to predict with
     */
    public PromptPipeline<I, L> fit(
            List<Labeled<I, L>> train, List<Labeled<I, L>> dev, Iterable<? extends I> unlabeled) {
        return new ClassificationPipeline<>(training().run(train, dev, unlabeled::forEach));
    }

    /**
     * As {@link #fit(List, List, Iterable)}, with inputs that are read as they come.
     *
     * @param unlabeled gives a stream, which is closed afterwards
     */
    public PromptPipeline<I, L> fit(
            List<Labeled<I, L>> train, List<Labeled<I, L>> dev, Supplier<? extends Stream<? extends I>> unlabeled) {
        return new ClassificationPipeline<>(training().run(train, dev, each -> streamed(unlabeled, each)));
    }

    /**
     * Tunes the models of a method that makes several, PET or iPET, and has them answer together.
     *
     * @return their ensemble, as a pipeline, which holds all their weights
     * @throws ClozeException as {@link #fit(List, List, Iterable)}; TUNING_OPTION_NOT_APPLICABLE where the method has
     *     none beside what {@link #fit(List, List)} gives
     */
    public PromptPipeline<I, L> fitEnsemble(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        return fitEnsemble(train, dev, List.of());
    }

    /** As {@link #fitEnsemble(List, List)}, with inputs that have no label, where the models learn from them. */
    public PromptPipeline<I, L> fitEnsemble(
            List<Labeled<I, L>> train, List<Labeled<I, L>> dev, Iterable<? extends I> unlabeled) {
        return new ClassificationPipeline<>(training().runEnsemble(train, dev, unlabeled::forEach));
    }

    /**
     * As {@link #fitEnsemble(List, List, Iterable)}, with inputs that are read as they come.
     *
     * @param unlabeled gives a stream, which is closed afterwards
     */
    public PromptPipeline<I, L> fitEnsemble(
            List<Labeled<I, L>> train, List<Labeled<I, L>> dev, Supplier<? extends Stream<? extends I>> unlabeled) {
        return new ClassificationPipeline<>(training().runEnsemble(train, dev, each -> streamed(unlabeled, each)));
    }

    private static <I> void streamed(Supplier<? extends Stream<? extends I>> inputs, Consumer<? super I> each) {
        try (Stream<? extends I> stream = inputs.get()) {
            stream.forEachOrdered(each);
        }
    }

    /**
     * Searches label words that suit the training examples, instead of those that the task has.
     *
     * <p>What is found is printed with {@link FoundWords#source}, to be pasted over the task class, or used at once with {@link
     * #words}: a pipeline that is saved then holds the words, and is loaded by a task class that has them. With a checkpoint
     * folder what is found and each set that was tried is on disk, and a search that was stopped goes on from there.
     *
     * @param train at least one example of every label
     * @param dev other examples, by which combinations are ranked after tuning with each by this trainer's method and
     *     options; empty to tune nothing
     * @throws ClozeException as {@link #fit(List, List)}; MODEL_UNSUPPORTED for a T5, TUNING_OPTION_NOT_APPLICABLE where
     *     combinations are to be ranked by a method whose training doesn't depend on words, or not on the examples alone,
     *     TRAINING_DIVERGED where the trainings with all of them do, TRAINING_STOPPED
     */
    public FoundWords<L> searchWords(WordSearch search, List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        AskedOptions asked = asked();
        SearchedLabels<I, L> searched = new SearchedLabels<>(tuned(asked), train, dev);
        return new FoundWords<>(
                task.labelType(),
                new WordSearching(searched, search, request(asked))
                        .run().stream()
                                .map(set -> new FoundWords.Choice<>(
                                        searched.byLabel(set.words()), set.fit(), set.devScore()))
                                .toList());
    }

    /**
     * Has a T5 write templates for the training examples, tunes with each by this trainer's method and options, and ranks them
     * by their accuracy on the development examples.
     *
     * <p>What is found is printed with {@link FoundTemplates#source}, to be pasted over the task class, or used at once with
     * {@link #templates}: a pipeline that is saved then holds the templates, and is loaded by a task class that has them. With a
     * checkpoint folder each template that was tried is on disk, and a search that was stopped goes on from there.
     *
     * @param train at least one example of every label
     * @param dev other examples, at least one
     * @throws ClozeException as {@link #fit(List, List)}; MODEL_UNSUPPORTED where the search names no T5, TEMPLATE_SEARCH_EMPTY
     *     where it writes no template, TUNING_OPTION_NOT_APPLICABLE for a method that trains no single template by its words,
     *     TRAINING_TOO_FEW_EXAMPLES without development examples, TRAINING_STOPPED
     */
    public FoundTemplates searchTemplates(TemplateSearch search, List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        AskedOptions asked = asked();
        return new TemplateSearching(new SearchedLabels<>(tuned(asked), train, dev), search, request(asked)).run();
    }

    /** Has a T5 write templates as {@link #searchTemplates(TemplateSearch, List, List)} does, the likeliest first, and tunes with none. */
    public FoundTemplates searchTemplates(TemplateSearch search, List<Labeled<I, L>> train) {
        AskedOptions asked = asked();
        return new TemplateSearching(new SearchedLabels<>(tuned(asked), train, List.of()), search, request(asked))
                .runUnranked();
    }

    private ClassifierTraining<I, L> training() {
        AskedOptions asked = asked();
        return new ClassifierTraining<>(tuned(asked), request(asked));
    }

    /** Method, model, templates with their words, and options. */
    @Override
    public String toString() {
        ClassificationTask<I, L> tuned = tuned();
        return "PromptTrainer[" + tuned.tuning() + ", " + tuned.templates() + ", " + options() + "]";
    }

    /** The task as this trainer has it. */
    ClassificationTask<I, L> tuned() {
        return tuned(asked());
    }

    private ClassificationTask<I, L> tuned(AskedOptions asked) {
        ClassificationTask<I, L> some = task.withTuning(asked.at(tuning())).withTemplates(declared());
        return words == null ? some : some.withWords(words);
    }

    private List<DeclaredTemplate<L>> declared() {
        if (templates != null) {
            Map<L, List<String>> first = task.templates().get(0).words();
            return templates.stream()
                    .map(text -> new DeclaredTemplate<>(text, first))
                    .toList();
        }
        return template == ALL ? task.templates() : List.of(task.templates().get(template));
    }

    private TaskTuning tuning() {
        TaskTuning own = method == null ? task.tuning() : task.tuning().withMethod(method);
        return model == null ? own : own.withBackbone(model);
    }

    private TrainingRequest request(AskedOptions asked) {
        return new TrainingRequest(asked.change(), listeners, quiet);
    }

    private AskedOptions asked() {
        return AskedOptions.of(
                tuning().options(), options -> change.apply(shared == null ? options : own(shared, options)));
    }

    /** Without what the method doesn't have. */
    private TrainingOptions own(UnaryOperator<TrainingOptions> several, TrainingOptions options) {
        return several.apply(options).of(MethodTable.of(tuning().method(), TaskKind.CLASSIFICATION));
    }
}
