package dev.cloze.runtime.training;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a model: shuffled batches, a scheduled learning rate, clipped gradients, and the weights that were best on the
 * development set as the result.
 *
 * <p>The same options, data and model give the same losses bit for bit; so does a training that goes on from a
 * checkpoint after its process was killed. A loop may be run by several threads at once, each with a model of its own
 * (and, if checkpoints are written, a loop with a checkpoint folder of its own).
 *
 * <p>A training is stopped by interrupting its thread, which is still interrupted afterwards: the step under way is
 * finished, a last checkpoint is written if there is a folder for it, and the model gets its best weights so far (the
 * present ones, if there was no evaluation yet). Ctrl-C or SIGTERM end a training with a checkpoint folder in the same
 * way before the JVM ends.
 */
public final class TrainingLoop {

    private final TrainingOptions options;
    private final TrainingTask task;
    private final List<TrainingListener> listeners;

    /**
     * @param options with a learning rate set
     */
    public TrainingLoop(TrainingOptions options, TrainingTask task, List<? extends TrainingListener> listeners) {
        if (options.learningRate() == 0) {
            throw new IllegalArgumentException(
                    "The learning rate is not set: a method gives its own where nobody does.");
        }
        this.options = options;
        this.task = task;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Trains the model, which has its best weights afterwards.
     *
     * @return how the training ended, if not with an exception
     * @throws ClozeException {@code TrainingDiverged}, or {@code DiskWrite} for a checkpoint: the model has its best
     *     weights so far, or those it started with; {@code TrainingTooFewExamples} or {@code TrainingCheckpoint} before
     *     the first step
     */
    public TrainingEnded run(TrainableModel model) {
        Path folder = options.checkpointFolder();
        if (folder == null) {
            return new TrainingRun(this, model, null, null).toEnd();
        }
        try (ShutdownSignal shutdown = new ShutdownSignal();
                CheckpointFolder checkpoints = CheckpointFolder.open(folder, identity())) {
            return new TrainingRun(this, model, checkpoints, shutdown).toEnd();
        }
    }

    /** What a checkpoint must agree with. */
    private Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(options.values());
        identity.put("examples", Integer.toString(task.examples()));
        identity.putAll(task.identity());
        return identity;
    }

    TrainingOptions options() {
        return options;
    }

    TrainingTask task() {
        return task;
    }

    List<TrainingListener> listeners() {
        return listeners;
    }

    /** PET's code tests {@code max_steps < global_step} after the step, and so makes one step more. */
    int lastStep() {
        return options.maxSteps() + (options.compat() == Compat.REFERENCE ? 1 : 0);
    }
}
