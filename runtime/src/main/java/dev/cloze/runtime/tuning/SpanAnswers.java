package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Map;

/** Finds spans. */
public interface SpanAnswers {

    /**
     * The answers, in the order of the inputs; it makes its own batches.
     *
     * @param inputs for each, the text of every placeholder by path; an element may be computed when it is asked for
     */
    List<SpanAnswer> answer(List<Map<String, String>> inputs);

    /** How many texts an input is to the model: one, unless it is asked several questions about it. */
    default int texts(Map<String, String> input) {
        return 1;
    }
}
