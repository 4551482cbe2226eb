package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Map;

/** Chooses labels. */
@FunctionalInterface
public interface LabelAnswers {

    /**
     * The answers, in the order of the inputs; it makes its own batches.
     *
     * @param inputs for each, the text of every placeholder by path; an element may be computed when it is asked for
     */
    List<LabelAnswer> answer(List<Map<String, String>> inputs);
}
