package dev.cloze.runtime.tuning.patterns;

import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.EnsembleStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ensemble.TemplateEnsemble;

/** A method that tunes models of several templates, which answer together or teach one classifier. */
public abstract class PatternStrategy implements EnsembleStrategy {

    @Override
    public void check(LabelTask task, TrainingRequest request) {
        PatternProduct.options(task, request);
    }

    @Override
    public final LabelProduct untrained(LabelTask task) {
        return TemplateEnsemble.untrained(task);
    }

    @Override
    public final LabelProduct read(LabelTask task, SavedProduct saved) {
        return PatternProduct.read(task, saved);
    }

    @Override
    public final TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return run(task, train, dev, request, false);
    }

    @Override
    public final TuningResult<LabelProduct> tuneEnsemble(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return run(task, train, dev, request, true);
    }

    /** @param ensemble whether the models themselves are wanted, and no classifier */
    protected abstract TuningResult<LabelProduct> run(
            LabelTask task,
            LabeledValues train,
            LabeledValues dev,
            TuningRequest<LabelProduct> request,
            boolean ensemble);
}
