package dev.cloze.runtime.metric;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;

/** Checks that there is something to compare. */
final class TextPairs {

    private TextPairs() {}

    /** EVALUATION_NO_EXAMPLES when there are no texts; each text must have its references. */
    static void check(List<String> hypotheses, List<List<String>> references) {
        if (hypotheses.isEmpty()) {
            throw new ClozeException(
                    Problem.EVALUATION_NO_EXAMPLES,
                    "There are no texts to evaluate.\n  Give at least one text and what it should be.");
        }
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(
                    hypotheses.size() + " texts were given with the references of " + references.size());
        }
        for (int i = 0; i < references.size(); i++) {
            if (references.get(i).isEmpty()) {
                throw new IllegalArgumentException("the text at index " + i + " has no reference");
            }
        }
    }
}
