package dev.cloze.runtime.tuning;

/** A tuning method that makes several models on its way, which can answer together. */
public interface EnsembleStrategy extends ClassificationStrategy {

    /**
     * Tunes the models that answer together, and stops there.
     *
     * @param train at least one example of every label
     * @param dev other examples; empty to keep what each training ends with
     */
    TuningResult<LabelProduct> tuneEnsemble(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request);
}
