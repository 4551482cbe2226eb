package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener.EvaluationEnded;
import org.jspecify.annotations.Nullable;

/**
 * How far a training is; with the model's state, all that is needed to go on.
 *
 * @param step updates made
 * @param evaluationsWithoutGain evaluations since the best one
 * @param best the best evaluation, or null before the first
 */
record TrainingProgress(
        int step, int evaluationsWithoutGain, @Nullable EvaluationEnded best) {

    static final TrainingProgress START = new TrainingProgress(0, 0, null);

    TrainingProgress afterStep() {
        return new TrainingProgress(step + 1, evaluationsWithoutGain, best);
    }

    boolean isBest(double score) {
        return best == null || score > best.score();
    }

    TrainingProgress afterEvaluation(EvaluationEnded evaluation) {
        return evaluation.best()
                ? new TrainingProgress(step, 0, evaluation)
                : new TrainingProgress(step, evaluationsWithoutGain + 1, best);
    }
}
