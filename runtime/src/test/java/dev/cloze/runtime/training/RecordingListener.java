package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it is told. */
class RecordingListener implements TrainingListener {

    final List<TrainingStarted> starts = new ArrayList<>();
    final List<StepEnded> steps = new ArrayList<>();
    final List<EvaluationEnded> evaluations = new ArrayList<>();
    final List<TrainingEnded> ends = new ArrayList<>();

    @Override
    public void onStart(TrainingStarted started) {
        starts.add(started);
    }

    @Override
    public void onStep(StepEnded step) {
        steps.add(step);
    }

    @Override
    public void onEvaluation(EvaluationEnded evaluation) {
        evaluations.add(evaluation);
    }

    @Override
    public void onEnd(TrainingEnded ended) {
        ends.add(ended);
    }

    List<Double> losses() {
        return steps.stream().map(StepEnded::loss).toList();
    }
}
