package dev.cloze.runtime.tuning;

import dev.cloze.runtime.adapter.MultitaskAdapter;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import java.util.List;

/** A tuning method that trains a prompt which several tasks share. */
public interface SharingStrategy extends Strategy {

    /** How many virtual tokens there will be, of a training asked for so. */
    int length(TaskTuning tuning, TrainingRequest request);

    /**
     * Trains it.
     *
     * @param tuning the method and the model of all tasks
     * @param sources at least one; either all have development examples or none has, and all have teachers or none has
     * @param teaching how much what teachers say counts, beside the examples' labels
     */
    MultitaskAdapter tuneTogether(
            TaskTuning tuning, List<SourceTask> sources, double teaching, TrainingRequest request);
}
