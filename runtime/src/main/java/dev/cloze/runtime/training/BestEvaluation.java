package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import java.util.Map;

/** Remembers the best evaluation of a training, for the record that is kept with its weights. */
final class BestEvaluation implements TrainingListener {

    private final String metric;
    private Map<String, Double> metrics = Map.of();

    BestEvaluation(String metric) {
        this.metric = metric;
    }

    @Override
    public void onEvaluation(EvaluationEnded evaluation) {
        if (evaluation.best()) {
            metrics = Map.of(metric, evaluation.score());
        }
    }

    @Override
    public void onEnd(TrainingEnded ended) {
        ended.best().ifPresent(best -> metrics = Map.of(metric, best.score()));
    }

    /** Whether there was an evaluation. */
    boolean isKnown() {
        return !metrics.isEmpty();
    }

    Map<String, Double> metrics() {
        return metrics;
    }
}
