package dev.cloze.runtime.tuning.plan;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.TrainingRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole training as a step of a plan: heard on the plan's display, with checkpoints in the step's own folder. */
public final class StepTraining {

    private final PlanRun plan;
    private final TrainingRequest request;
    private boolean interrupted;

    /**
     * @param asked the training as the plan's caller asks for it
     * @param display what shows it
     * @param scratch the step's folder for checkpoints; null where the plan is not kept, and none are written
     */
    public StepTraining(PlanRun plan, TrainingRequest asked, TrainingListener display, @Nullable Path scratch) {
        this.plan = plan;
        List<TrainingListener> listeners = new ArrayList<>(List.of(new Ending(), display));
        listeners.addAll(asked.listeners());
        this.request =
                new TrainingRequest(options -> checkpointed(asked.change().apply(options), scratch), listeners, true);
    }

    private static TrainingOptions checkpointed(TrainingOptions options, @Nullable Path scratch) {
        return options.withCheckpointFolder(scratch == null ? null : scratch.resolve("checkpoints"));
    }

    /** The training as it is to be run. */
    public TrainingRequest request() {
        return request;
    }

    /** Refuses to take what there is of a training that was stopped for the whole of it: {@code TRAINING_STOPPED}. */
    public void requireWhole() {
        if (interrupted) {
            throw plan.stopped(null);
        }
    }

    /** What is told of a training that diverged, which the others go on without; what is no divergence is thrown on. */
    public static String diverged(ClozeException failure) {
        if (failure.problem() != Problem.TRAINING_DIVERGED && failure.problem() != Problem.MODEL_NOT_FINITE) {
            throw failure;
        }
        // What could be rescued of it is not kept.
        return failure.getCause() instanceof ClozeException first ? first.details() : failure.details();
    }

    private final class Ending implements TrainingListener {
        @Override
        public void onEnd(TrainingEnded ended) {
            interrupted = ended.reason() == StopReason.INTERRUPTED;
        }
    }
}
