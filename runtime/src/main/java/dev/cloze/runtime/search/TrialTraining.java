package dev.cloze.runtime.search;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierTraining;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.StepTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A training with one of the candidates, as a step of the plan: it leaves how accurate it is, and nothing else. */
final class TrialTraining<I, L> {

    private final TrainingRequest request;
    private final PlanRun plan;
    private final List<Labeled<I, L>> train;
    private final List<Labeled<I, L>> dev;

    /** @param request how it is tuned */
    TrialTraining(TrainingRequest request, PlanRun plan, List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        this.request = request;
        this.plan = plan;
        this.train = train;
        this.dev = dev;
    }

    /**
     * How a training went.
     *
     * @param devAccuracy of its best weights, 0 to 1; NaN where it diverged
     * @param diverged what was told, or an empty text where it did not diverge
     */
    record Outcome(double devAccuracy, String diverged) {}

    /** @param scratch for checkpoints; null for none */
    void write(ClassificationTask<I, L> task, TrainingListener display, Path result, @Nullable Path scratch)
            throws IOException {
        StepTraining step = new StepTraining(plan, request, display, scratch);
        FoundFile.write(result, outcome(task, step));
    }

    private Outcome outcome(ClassificationTask<I, L> task, StepTraining step) {
        try {
            double accuracy = accuracy(task, step.request());
            step.requireWhole();
            return new Outcome(accuracy, "");
        } catch (ClozeException e) {
            if (e.problem() == Problem.TRAINING_STOPPED) {
                throw plan.stopped(e); // an ensemble names its own folder, which lies in the plan's
            }
            return new Outcome(Double.NaN, StepTraining.diverged(e));
        }
    }

    /** What its evaluations say; where it made none, or none of all its models together, what it answers afterwards. */
    private double accuracy(ClassificationTask<I, L> task, TrainingRequest own) {
        Session<I, L> session =
                new ClassifierTraining<>(task, own).withoutRescue().run(train, dev);
        try (ClassificationPipeline<I, L> pipeline = new ClassificationPipeline<>(session)) {
            Double measured = session.training().metrics().get("dev accuracy");
            return measured == null ? pipeline.evaluate(dev).accuracy() : measured;
        }
    }
}
