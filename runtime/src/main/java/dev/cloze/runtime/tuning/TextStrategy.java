package dev.cloze.runtime.tuning;

import java.util.List;

/** A tuning method for tasks that have a text written. */
public interface TextStrategy extends Strategy {

    /** The model as it is, without any training; asked for only where the method's row has it. */
    default TextProduct untrained(WritingTask task) {
        throw new IllegalStateException(method() + " writes nothing before it is trained");
    }

    /**
     * Tunes.
     *
     * @param train at least one pair
     * @param dev other pairs; empty to keep what training ends with
     */
    TuningResult<TextProduct> tune(
            WritingTask task, List<ValuePair> train, List<ValuePair> dev, TuningRequest<TextProduct> request);

    /** Reads what {@link #untrained} or {@link #tune} gave and was saved. */
    TextProduct read(WritingTask task, SavedProduct saved);
}
