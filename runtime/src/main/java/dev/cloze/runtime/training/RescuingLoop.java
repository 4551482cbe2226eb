package dev.cloze.runtime.training;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A {@link TrainingLoop} that remembers its best evaluation and, where it diverges after one, saves the best weights,
 * which would be lost with the training that made them.
 */
public final class RescuingLoop {

    private final TrainingOptions options;
    private final TrainingLoop loop;
    private final BestEvaluation best;

    /**
     * @param metric what the score on the development set is called in the record of the training
     */
    public RescuingLoop(TrainingOptions options, TrainingTask task, List<TrainingListener> listeners, String metric) {
        this.options = options;
        this.best = new BestEvaluation(metric);
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.add(best);
        this.loop = new TrainingLoop(options, task, all);
    }

    /**
     * Trains the model, see {@link TrainingLoop#run}.
     *
     * @param save writes the model's weights to a folder, as a pipeline
     */
    public void run(TrainableModel model, Consumer<Path> save) {
        try {
            loop.run(model);
        } catch (ClozeException e) {
            throw e.problem() == Problem.TRAINING_DIVERGED && best.isKnown() ? rescued(e, save) : e;
        }
    }

    private ClozeException rescued(ClozeException diverged, Consumer<Path> save) {
        try {
            Path checkpoints = options.checkpointFolder();
            Path folder = checkpoints == null
                    ? Files.createTempDirectory("cloze-diverged-")
                    : checkpoints.resolveSibling(checkpoints.getFileName() + "-diverged");
            save.accept(folder);
            return new ClozeException(
                    Problem.TRAINING_DIVERGED,
                    diverged.details().stripTrailing() + "\n  The best weights are saved in " + folder
                            + "; load them like any saved pipeline.",
                    diverged);
        } catch (IOException | ClozeException e) {
            ClozeException both = new ClozeException(
                    Problem.TRAINING_DIVERGED,
                    diverged.details().stripTrailing() + "\n  The best weights could not be saved: "
                            + (e instanceof ClozeException coded ? coded.details() : e.getMessage()),
                    diverged);
            both.addSuppressed(e);
            return both;
        }
    }

    /**
     * How the model was tuned so far.
     *
     * @param dataHash of the training examples
     */
    public TrainingRecord record(String dataHash) {
        return new TrainingRecord(options.seed(), options.values(), dataHash, best.metrics());
    }
}
