package dev.cloze.runtime.search;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.StepTraining;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A training with one of the candidates, as a step of the plan: it leaves how well it answers, and nothing else.
 *
 * @param request how it is tuned
 */
record TrialTraining(TrainingRequest request, PlanRun plan) {

    /**
     * How a training went.
     *
     * @param devScore of its best weights; NaN where it diverged
     * @param diverged what was told, or an empty text where it did not diverge
     */
    record Outcome(double devScore, String diverged) {}

    /** @param scratch for checkpoints; null for none */
    void write(SearchedTask task, TrainingListener display, Path result, @Nullable Path scratch) throws IOException {
        FoundFile.write(result, outcome(task, new StepTraining(plan, request, display, scratch)));
    }

    private Outcome outcome(SearchedTask task, StepTraining step) {
        try {
            double score = task.devScore(step.request());
            step.requireWhole();
            return new Outcome(score, "");
        } catch (ClozeException e) {
            if (e.problem() == Problem.TRAINING_STOPPED) {
                throw plan.stopped(e); // an ensemble names its own folder, which lies in the plan's
            }
            return new Outcome(Double.NaN, StepTraining.diverged(e));
        }
    }
}
