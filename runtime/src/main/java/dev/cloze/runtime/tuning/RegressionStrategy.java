package dev.cloze.runtime.tuning;

/** A tuning method for tasks that rate on a scale. */
public interface RegressionStrategy extends Strategy {

    /** The model as it is, without any training; asked for only where the method's row has it. */
    default ValueProduct untrained(ScaleTask task) {
        throw new IllegalStateException(method() + " answers nothing before it is trained");
    }

    /**
     * Tunes.
     *
     * @param train at least one example, all on the scale
     * @param dev other examples, not all of one value; empty to keep what training ends with
     */
    TuningResult<ValueProduct> tune(
            ScaleTask task, RatedValues train, RatedValues dev, TuningRequest<ValueProduct> request);

    /** Reads what {@link #untrained} or {@link #tune} gave and was saved. */
    ValueProduct read(ScaleTask task, SavedProduct saved);
}
