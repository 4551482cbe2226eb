package dev.cloze.runtime.tuning;

/** A tuning method for tasks that label spans of a text. */
public interface ExtractionStrategy extends Strategy {

    /** The model as it is, without any training; asked for only where the method's row has it. */
    default SpanProduct untrained(SpanTask task) {
        throw new IllegalStateException(method() + " answers nothing before it is trained");
    }

    /**
     * Tunes.
     *
     * @param train at least one example
     * @param dev other examples; empty to keep what training ends with
     */
    TuningResult<SpanProduct> tune(SpanTask task, SpanValues train, SpanValues dev, TuningRequest<SpanProduct> request);

    /** Reads what {@link #untrained} or {@link #tune} gave and was saved. */
    SpanProduct read(SpanTask task, SavedProduct saved);
}
