package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Map;

/** What scores words. */
public interface WordAnswers {

    /**
     * The scores of the words, in the order of the inputs; it makes its own batches.
     *
     * @param inputs for each, the text of every placeholder by path; an element may be computed when it is asked for
     */
    List<LabelAnswer> answer(List<Map<String, String>> inputs);

    /**
     * The same of other words, in their order.
     *
     * @throws dev.cloze.problem.ClozeException as for candidates of the task
     */
    List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates);
}
