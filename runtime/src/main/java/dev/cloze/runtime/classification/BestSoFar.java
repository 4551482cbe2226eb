package dev.cloze.runtime.classification;

import dev.cloze.runtime.TrainingListener;
import java.util.Map;

/** Remembers the best evaluation of a training, for the record that is kept with its weights. */
final class BestSoFar implements TrainingListener {

    private Map<String, Double> metrics = Map.of();

    @Override
    public void onEvaluation(EvaluationEnded evaluation) {
        if (evaluation.best()) {
            metrics = Map.of("dev accuracy", evaluation.score());
        }
    }

    @Override
    public void onEnd(TrainingEnded ended) {
        ended.best().ifPresent(best -> metrics = Map.of("dev accuracy", best.score()));
    }

    /** Whether there was an evaluation. */
    boolean isKnown() {
        return !metrics.isEmpty();
    }

    /** The score of the best evaluation by its name; empty where there was none. */
    Map<String, Double> metrics() {
        return metrics;
    }
}
