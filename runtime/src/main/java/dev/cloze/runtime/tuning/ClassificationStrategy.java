package dev.cloze.runtime.tuning;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.TrainingRequest;

/** A tuning method for tasks that choose a label. */
public interface ClassificationStrategy extends Strategy {

    /** The models as they are, without any training; asked for only where the method's row has it. */
    default LabelProduct untrained(LabelTask task) {
        throw new IllegalStateException(method() + " answers nothing before it is trained");
    }

    /** Whether it can't do without labelled examples. */
    default boolean needsExamples() {
        return true;
    }

    /** Refuses what {@link #tune} would refuse of any model and examples, so that it can be told before them. */
    default void check(LabelTask task, TrainingRequest request) {
        request.options(task.tuning(), TrainingOptions.defaults(), false);
    }

    /**
     * Tunes.
     *
     * @param train at least one example of every label
     * @param dev other examples; empty to keep what training ends with
     */
    TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request);

    /** Reads what {@link #untrained} or {@link #tune} gave and was saved. */
    LabelProduct read(LabelTask task, SavedProduct saved);
}
