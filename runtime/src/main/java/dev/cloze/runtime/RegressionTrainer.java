package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.regression.RegressionTraining;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
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
        TaskTuning tuning = method == null ? task.tuning() : task.tuning().withMethod(method);
        AskedOptions asked = AskedOptions.of(tuning.options(), change);
        RegressionTask<I> some = template == null ? task : task.withTemplates(List.of(template));
        TrainingRequest request = new TrainingRequest(asked.change(), listeners, quiet);
        return new SessionPipeline<>(
                new RegressionTraining<>(some.withTuning(asked.at(tuning)), request).run(train, dev));
    }
}
