package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.TextTraining;
import dev.cloze.runtime.text.WritingPipeline;
import dev.cloze.runtime.training.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tunes a pipeline on pairs of inputs and texts by the task's method.
 *
 * <pre>{@code
 * try (var tuned = RestaurantPipeline.trainer().options(o -> o.withMaxSteps(500)).fit(train, dev)) { ... }
 * }</pre>
 *
 * @param <I> the task class
 */
public final class TextTrainer<I> {

    private final TextTask<I> task;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private @Nullable TuningMethod method;
    private boolean quiet;

    private TextTrainer(TextTask<I> task) {
        this.task = task;
    }

    /** A trainer of this task; generated code calls this. */
    public static <I> TextTrainer<I> of(TextTask<I> task) {
        return new TextTrainer<>(task);
    }

    /** Tunes by this method, for this trainer alone, whatever the annotation says. */
    public TextTrainer<I> method(TuningMethod other) {
        this.method = other;
        return this;
    }

    /**
     * Changes the options that the task's annotation and the method have set; several changes are made in turn, once a training.
     *
     * @param next may read what the annotation says, or the general defaults; what a method chooses by the model comes later
     */
    public TextTrainer<I> options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** Adds a listener. */
    public TextTrainer<I> listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Leaves out the progress bar, or the log lines where there is no terminal. */
    public TextTrainer<I> quiet() {
        this.quiet = true;
        return this;
    }

    /**
     * Tunes on these pairs and keeps the last weights, as there is nothing to choose better ones by.
     *
     * @throws ClozeException as {@link #fit(List, List)}
     */
    public TextPipeline<I> fit(List<TextPair<I>> train) {
        return fit(train, List.of());
    }

    /**
     * Tunes on the training pairs and keeps the weights to which the development pairs' targets are most probable.
     *
     * @param train at least one pair
     * @param dev other pairs; empty to keep the last weights
     * @return the tuned pipeline, which the caller closes
     * @throws ClozeException TRAINING_TOO_FEW_EXAMPLES, TRAINING_OPTION_OUT_OF_RANGE, TRAINING_DIVERGED,
     *     TRAINING_CHECKPOINT, DISK_WRITE, INPUT_NULL, INPUT_TOO_LONG, TUNING_BACKBONE_UNSUPPORTED
     */
    public TextPipeline<I> fit(List<TextPair<I>> train, List<TextPair<I>> dev) {
        AskedOptions asked = asked();
        TrainingRequest request = new TrainingRequest(asked.change(), listeners, quiet);
        return new WritingPipeline<>(new TextTraining<>(tuned(asked), request).run(train, dev));
    }

    /** The task as this trainer has it. */
    TextTask<I> tuned() {
        return tuned(asked());
    }

    private TextTask<I> tuned(AskedOptions asked) {
        return task.withTuning(asked.at(tuning()));
    }

    private AskedOptions asked() {
        return AskedOptions.of(tuning().options(), change);
    }

    private TaskTuning tuning() {
        return method == null ? task.tuning() : task.tuning().withMethod(method);
    }
}
