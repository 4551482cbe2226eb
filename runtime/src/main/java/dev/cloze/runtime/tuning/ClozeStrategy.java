package dev.cloze.runtime.tuning;

/** A tuning method for tasks that rank words. */
public interface ClozeStrategy extends Strategy {

    /** The model as it is, without any training; asked for only where the method's row has it. */
    default WordProduct untrained(WordTask task) {
        throw new IllegalStateException(method() + " answers nothing before it is trained");
    }

    /**
     * Tunes.
     *
     * @param train at least one example
     * @param dev other examples; empty to keep what training ends with
     * @throws dev.cloze.problem.ClozeException {@code CANDIDATE_UNKNOWN} where the answer of an example can't be said
     */
    TuningResult<WordProduct> tune(
            WordTask task, AnsweredValues train, AnsweredValues dev, TuningRequest<WordProduct> request);

    /** Reads what {@link #untrained} or {@link #tune} gave and was saved. */
    WordProduct read(WordTask task, SavedProduct saved);
}
