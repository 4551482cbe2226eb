package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.extraction.ExtractionTraining;
import dev.cloze.runtime.extraction.SessionPipeline;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tunes a pipeline on texts with their spans by the task's method.
 *
 * <pre>{@code
 * try (var tuned = BookingPipeline.trainer().options(o -> o.withMaxSteps(200)).fit(train, dev)) { ... }
 * }</pre>
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public final class ExtractionTrainer<I, L> {

    private final ExtractionTask<I, L> task;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private @Nullable TuningMethod method;
    private @Nullable DeclaredTemplate<L> template;
    private boolean quiet;

    private ExtractionTrainer(ExtractionTask<I, L> task) {
        this.task = task;
    }

    /** A trainer of this task; generated code calls this. */
    public static <I, L> ExtractionTrainer<I, L> of(ExtractionTask<I, L> task) {
        return new ExtractionTrainer<>(task);
    }

    /** Tunes by this method, for this trainer alone, whatever the annotation says. */
    public ExtractionTrainer<I, L> method(TuningMethod other) {
        this.method = other;
        return this;
    }

    /**
     * Tunes with one of the task's templates alone, whatever the others are.
     *
     * @param number its place among them, from 0
     * @throws IndexOutOfBoundsException if there is no such template
     */
    public ExtractionTrainer<I, L> template(int number) {
        this.template =
                task.templates().get(Objects.checkIndex(number, task.templates().size()));
        return this;
    }

    /**
     * Changes the options that the task's annotation and the method have set; several changes are made in turn, once a training.
     *
     * @param next may read what the annotation says, or the general defaults; what a method chooses by the model comes later
     */
    public ExtractionTrainer<I, L> options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** Adds a listener. */
    public ExtractionTrainer<I, L> listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Leaves out the progress bar, or the log lines where there is no terminal. */
    public ExtractionTrainer<I, L> quiet() {
        this.quiet = true;
        return this;
    }

    /**
     * Tunes on these examples and keeps the last weights, as there is nothing to choose better ones by.
     *
     * @throws ClozeException as {@link #fit(List, List)}
     */
    public ExtractionPipeline<I, L> fit(List<Extracted<I, L>> train) {
        return fit(train, List.of());
    }

    /**
     * Tunes on the training examples and keeps the weights that find the development examples' spans best, by F1 over all spans.
     *
     * @param train at least one example with a word in its text
     * @param dev other examples; empty to keep the last weights
     * @return the tuned pipeline, which the caller closes
     * @throws ClozeException TRAINING_TOO_FEW_EXAMPLES; SPAN_OUTSIDE, SPAN_OVERLAP, SPAN_WITHIN_WORD, SPAN_TOO_LONG, INPUT_NULL or
     *     INPUT_TOO_LONG for an example of either list, TRAINING_OPTION_OUT_OF_RANGE, TRAINING_CHECKPOINT, all before the first step; TRAINING_DIVERGED,
     *     DISK_WRITE
     */
    public ExtractionPipeline<I, L> fit(List<Extracted<I, L>> train, List<Extracted<I, L>> dev) {
        TaskTuning tuning = method == null ? task.tuning() : task.tuning().withMethod(method);
        AskedOptions asked = AskedOptions.of(tuning.options(), change);
        ExtractionTask<I, L> some = template == null ? task : task.withTemplates(List.of(template));
        TrainingRequest request = new TrainingRequest(asked.change(), listeners, quiet);
        return new SessionPipeline<>(
                new ExtractionTraining<>(some.withTuning(asked.at(tuning)), request).run(train, dev));
    }
}
