package dev.cloze.runtime.training;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StopReason;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link TrainingLoop} that remembers its best evaluation and, where it diverges after one, saves the best weights,
 * which would be lost with the training that made them.
 */
public final class RescuingLoop {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cloze.training");

    private final TrainingOptions options;
    private final TrainingLoop loop;
    private final BestEvaluation best;
    private @Nullable TrainingEnded ended;

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
     * @param save writes the model's weights to a folder, as a pipeline; the folder is gone afterwards where nothing is kept
     */
    public void run(TrainableModel model, Consumer<Path> save) {
        try {
            ended = loop.run(model);
            record("").stopped().ifPresent(this::tell);
        } catch (ClozeException e) {
            throw e.problem() == Problem.TRAINING_DIVERGED && best.isKnown() ? rescued(e, save) : e;
        }
    }

    /** Who only sees the pipeline would take it for a finished one. */
    private void tell(String stopped) {
        Path checkpoints = options.checkpointFolder();
        LOG.warn(
                "The training was {}: its weights are {}.{}",
                stopped,
                best.isKnown() ? "the best so far" : "those of that step",
                checkpoints == null
                        ? ""
                        : " The same training goes on from there with the same folder, " + checkpoints + ".");
    }

    private ClozeException rescued(ClozeException diverged, Consumer<Path> save) {
        try {
            Path checkpoints = options.checkpointFolder();
            Path folder = checkpoints == null
                    ? Files.createTempDirectory("cloze-diverged-")
                    : checkpoints.resolveSibling(checkpoints.getFileName() + "-diverged");
            save.accept(folder);
            if (!Files.exists(folder)) { // nothing is to be kept of such a training
                return diverged;
            }
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
     * How the model was tuned so far; before {@link #run} has returned, it is what is left of one that diverged.
     *
     * @param dataHash of the training examples
     */
    public TrainingRecord record(String dataHash) {
        TrainingEnded end = ended;
        return new TrainingRecord(
                options.seed(),
                options.values(),
                dataHash,
                best.metrics(),
                end == null ? StopReason.DIVERGED : end.reason(),
                end == null ? 0 : end.steps());
    }
}
