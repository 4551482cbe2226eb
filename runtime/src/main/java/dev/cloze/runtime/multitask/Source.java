package dev.cloze.runtime.multitask;

import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.SourceTask;
import java.util.List;

/** A task that a shared prompt is trained on, with its examples. */
public sealed interface Source permits LabelSource, TextSource {

    /** By which it is known in the shared prompt. */
    String name();

    /** The method and the model of its task. */
    TaskTuning tuning();

    /** The same task tuned in another way. */
    Source withTuning(TaskTuning other);

    /** Whether it has development examples. */
    boolean hasDev();

    /** What is wrong with its task or its examples is told. */
    void check();

    /** The virtual tokens that prompt tuning gives the task alone. */
    List<float[]> alone(TrainingRequest request);

    /** As methods see it. */
    SourceTask task(List<float[]> teacher);
}
