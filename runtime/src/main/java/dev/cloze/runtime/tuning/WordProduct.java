package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A product that ranks words. */
public interface WordProduct extends Product {

    /** The words, in the order of their scores. */
    List<String> words();

    /**
     * The place of a word among them; of an open vocabulary by its token, so that spellings that are one to the model are one.
     * Empty where it is none of them.
     */
    OptionalInt placeOf(String word);

    /**
     * The scores of the words, which are log-probabilities, in the order of the inputs; it makes its own batches.
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
