package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.regression.RegressionTraining;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.search.ScaleEnd;
import dev.cloze.runtime.search.SearchedScale;
import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.templatesearch.TemplateSearching;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.words.WordSearching;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tunes a pipeline on rated examples by the task's method.
 *
 * <pre>{@code
 * try (var tuned = SentencesPipeline.trainer().options(o -> o.withMaxSteps(200)).fit(train, dev)) { ... }
 * }</pre>
 *
 * @param <I> the task class
 */
public final class RegressionTrainer<I> {

    private final RegressionTask<I> task;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private @Nullable TuningMethod method;
    private @Nullable String template;
    private @Nullable DeclaredScale scale;
    private boolean quiet;

    private RegressionTrainer(RegressionTask<I> task) {
        this.task = task;
    }

    /** A trainer of this task; generated code calls this. */
    public static <I> RegressionTrainer<I> of(RegressionTask<I> task) {
        return new RegressionTrainer<>(task);
    }

    /** Tunes by this method, for this trainer alone, whatever the annotation says. */
    public RegressionTrainer<I> method(TuningMethod other) {
        this.method = other;
        return this;
    }

    /**
     * Tunes with one of the task's templates alone, whatever the others are.
     *
     * @param number its place among them, from 0
     * @throws IndexOutOfBoundsException if there is no such template
     */
    public RegressionTrainer<I> template(int number) {
        this.template =
                task.templates().get(Objects.checkIndex(number, task.templates().size()));
        return this;
    }

    /**
     * Tunes with this template instead of the task's, for this trainer alone.
     *
     * @param other written as in {@code @Template}, such as {@link FoundTemplates#best()}'s
     */
    public RegressionTrainer<I> template(String other) {
        this.template = other;
        return this;
    }

    /** Gives the ends of the scale these words, for this trainer alone, whatever the annotation says. */
    public RegressionTrainer<I> words(String low, String high) {
        this.scale = task.scale().withWords(low, high);
        return this;
    }

    /**
     * Changes the options that the task's annotation and the method have set; several changes are made in turn, once a training.
     *
     * @param next may read what the annotation says, or the general defaults; what a method chooses by the model comes later
     */
    public RegressionTrainer<I> options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** Adds a listener. */
    public RegressionTrainer<I> listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Leaves out the progress bar, or the log lines where there is no terminal. */
    public RegressionTrainer<I> quiet() {
        this.quiet = true;
        return this;
    }

    /**
     * Tunes on these examples and keeps the last weights, as there is nothing to choose better ones by.
     *
     * @throws ClozeException as {@link #fit(List, List)}
     */
    public RegressionPipeline<I> fit(List<Rated<I>> train) {
        return fit(train, List.of());
    }

    /**
     * Tunes on the training examples and keeps the weights whose numbers correlate best (Pearson) with the development
     * examples' values; numbers that are all equal, for which that is undefined, count as -1.
     *
     * @param train at least one example; by LM-BFF two in each half of the scale
     * @param dev other examples, not all of one value; empty to keep the last weights
     * @return the tuned pipeline, which the caller closes
     * @throws ClozeException TRAINING_TOO_FEW_EXAMPLES, SCALE_VALUE_OUTSIDE, INPUT_NULL or INPUT_TOO_LONG for an example of
     *     either list, TRAINING_OPTION_OUT_OF_RANGE, TRAINING_CHECKPOINT, all before the first step; TRAINING_DIVERGED,
     *     DISK_WRITE
     */
    public RegressionPipeline<I> fit(List<Rated<I>> train, List<Rated<I>> dev) {
        AskedOptions asked = asked();
        return new SessionPipeline<>(new RegressionTraining<>(tuned(asked), request(asked)).run(train, dev));
    }

    /**
     * Searches words for the ends of the scale that suit the training examples, instead of those that the task has (Gao et al. 2021,
     * LM-BFF, arXiv 2012.15723, section 5.1). Examples above the median of all values are asked for words of the upper end; pairs of
     * words are ranked by how well the untrained model's numbers correlate with the values (Pearson), as in the authors' code.
     *
     * <p>What is found is printed with {@link FoundScaleWords#source}, to be pasted over the task class, or used at once with
     * {@link #words}. With a checkpoint folder what is found and each pair that was tried is on disk, and a search that was stopped
     * goes on from there.
     *
     * @param search of one word each: by likelihood ratio with {@code withWordsPerLabel(1)}
     * @param train examples of several values
     * @param dev other examples, by which pairs are ranked after tuning with each by this trainer's method and options; empty to
     *     tune nothing
     * @throws ClozeException as {@link #fit(List, List)}; MODEL_UNSUPPORTED for a T5, TUNING_OPTION_NOT_APPLICABLE where pairs are to
     *     be ranked by FINE_TUNING, which doesn't read words, TRAINING_DIVERGED where the trainings with all of them do,
     *     TRAINING_STOPPED
     */
    public FoundScaleWords searchWords(WordSearch search, List<Rated<I>> train, List<Rated<I>> dev) {
        if (search.wordsPerLabel() > 1) {
            throw new ClozeException(
                    Problem.TRAINING_OPTION_OUT_OF_RANGE,
                    "Each end of a scale has one word, and the option wordsPerLabel of the search for words is "
                            + search.wordsPerLabel()
                            + ".\n  Search with WordSearch.byCombination(), or add withWordsPerLabel(1).");
        }
        AskedOptions asked = asked();
        var searched = new SearchedScale<>(tuned(asked), train, dev, ScaleEnd.BY_MEDIAN);
        return new FoundScaleWords(
                task.scale(),
                new WordSearching(searched, search, request(asked))
                        .run().stream()
                                .map(set -> new FoundScaleWords.Choice(
                                        set.words().get(0).get(0),
                                        set.words().get(1).get(0),
                                        set.fit(),
                                        set.devScore()))
                                .toList());
    }

    /**
     * Has a T5 write templates for the training examples, each read with the word of the end that its value is nearer to; tunes with
     * each by this trainer's method and options, and ranks them by how well its numbers for the development examples correlate with
     * their values (Pearson).
     *
     * <p>What is found is printed with {@link FoundTemplates#source}, to be pasted over the task class, or used at once with
     * {@link #template(String)}. With a checkpoint folder each template that was tried is on disk, and a search that was stopped goes
     * on from there.
     *
     * @param train at least one example; what lies in the middle of the scale has the upper word, as in the authors' code
     * @param dev other examples, not all of one value
     * @throws ClozeException as {@link #fit(List, List)}; MODEL_UNSUPPORTED where the search names no T5, TEMPLATE_SEARCH_EMPTY
     *     where it writes no template, TUNING_OPTION_NOT_APPLICABLE for FINE_TUNING, which doesn't read templates,
     *     TRAINING_TOO_FEW_EXAMPLES without development examples, TRAINING_STOPPED
     */
    public FoundTemplates searchTemplates(TemplateSearch search, List<Rated<I>> train, List<Rated<I>> dev) {
        return searching(search, train, dev).run();
    }

    /** Has a T5 write templates as {@link #searchTemplates(TemplateSearch, List, List)} does, the likeliest first, and tunes with none. */
    public FoundTemplates searchTemplates(TemplateSearch search, List<Rated<I>> train) {
        return searching(search, train, List.of()).runUnranked();
    }

    private TemplateSearching searching(TemplateSearch search, List<Rated<I>> train, List<Rated<I>> dev) {
        AskedOptions asked = asked();
        return new TemplateSearching(
                new SearchedScale<>(tuned(asked), train, dev, ScaleEnd.BY_MIDDLE), search, request(asked));
    }

    private RegressionTask<I> tuned(AskedOptions asked) {
        RegressionTask<I> some = task.withTuning(asked.at(tuning()));
        some = template == null ? some : some.withTemplates(List.of(template));
        return scale == null ? some : some.withScale(scale);
    }

    private TaskTuning tuning() {
        return method == null ? task.tuning() : task.tuning().withMethod(method);
    }

    private TrainingRequest request(AskedOptions asked) {
        return new TrainingRequest(asked.change(), listeners, quiet);
    }

    private AskedOptions asked() {
        return AskedOptions.of(tuning().options(), change);
    }
}
