package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.cloze.ClozeSession;
import dev.cloze.runtime.cloze.ClozeTraining;
import dev.cloze.runtime.cloze.SessionPipeline;
import dev.cloze.runtime.data.AnsweredChecks;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tunes a pipeline on answered examples by the task's method.
 *
 * <pre>{@code
 * try (var tuned = CountryPipeline.trainer().options(o -> o.withMaxSteps(200)).fit(train, dev)) { ... }
 * }</pre>
 *
 * @param <I> the task class
 */
public final class ClozeTrainer<I> {

    private static final int ALL = -1;

    private final ClozeTask<I> task;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private @Nullable TuningMethod method;
    private int template = ALL;
    private boolean quiet;

    private ClozeTrainer(ClozeTask<I> task) {
        this.task = task;
    }

    /** A trainer of this task; generated code calls this. */
    public static <I> ClozeTrainer<I> of(ClozeTask<I> task) {
        return new ClozeTrainer<>(task);
    }

    /** Tunes by this method, for this trainer alone, whatever the annotation says. */
    public ClozeTrainer<I> method(TuningMethod other) {
        this.method = other;
        return this;
    }

    /**
     * Tunes with one of the task's templates alone, whatever the others are.
     *
     * @param number from 0, in the order in which they are written
     * @throws IndexOutOfBoundsException if there is no such template
     */
    public ClozeTrainer<I> template(int number) {
        this.template = Objects.checkIndex(number, task.templates().size());
        return this;
    }

    /**
     * Changes the options that the task's annotation and the method have set; several changes are made in turn, once a training.
     *
     * @param next may read what the annotation says, or the general defaults; what a method chooses by the model comes later
     */
    public ClozeTrainer<I> options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** Adds a listener. */
    public ClozeTrainer<I> listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Leaves out the progress bar, or the log lines where there is no terminal. */
    public ClozeTrainer<I> quiet() {
        this.quiet = true;
        return this;
    }

    /**
     * Those examples whose answer can be said: a candidate, or, without candidates, one token of the model at the mask of every
     * template. LAMA's code leaves the others out too.
     *
     * @throws ClozeException INPUT_NULL for an example without an input or an answer
     */
    public List<Answered<I>> answerable(List<Answered<I>> examples) {
        AnsweredChecks.complete(examples, "example");
        return ClozeSession.answerable(tuned(asked()), examples);
    }

    /**
     * Tunes on these examples and keeps the last weights, as there is nothing to choose better ones by.
     *
     * @throws ClozeException as {@link #fit(List, List)}
     */
    public ClozePipeline<I> fit(List<Answered<I>> train) {
        return fit(train, List.of());
    }

    /**
     * Tunes on the training examples, by the cross-entropy over the candidates or, without candidates, over all tokens of the
     * model, and keeps the weights that have the highest mean reciprocal rank on the development examples.
     *
     * @param train at least one example
     * @param dev other examples; empty to keep the last weights
     * @return the tuned pipeline, which the caller closes
     * @throws ClozeException TRAINING_TOO_FEW_EXAMPLES, CANDIDATE_UNKNOWN, INPUT_NULL or INPUT_TOO_LONG for an example of
     *     either list, TRAINING_OPTION_OUT_OF_RANGE, TRAINING_CHECKPOINT, all before the first step; TRAINING_DIVERGED,
     *     DISK_WRITE
     */
    public ClozePipeline<I> fit(List<Answered<I>> train, List<Answered<I>> dev) {
        AskedOptions asked = asked();
        TrainingRequest request = new TrainingRequest(asked.change(), listeners, quiet);
        return new SessionPipeline<>(new ClozeTraining<>(tuned(asked), request).run(train, dev));
    }

    private AskedOptions asked() {
        return AskedOptions.of(tuning().options(), change);
    }

    private ClozeTask<I> tuned(AskedOptions asked) {
        ClozeTask<I> chosen = template == ALL
                ? task
                : task.withTemplates(List.of(task.templates().get(template)));
        return chosen.withTuning(asked.at(tuning()));
    }

    private TaskTuning tuning() {
        return method == null ? task.tuning() : task.tuning().withMethod(method);
    }
}
