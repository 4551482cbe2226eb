package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Map;

/**
 * Answered examples as methods see them.
 *
 * @param inputs for each, the text of every placeholder by path
 * @param answers for each, the right word
 */
public record AnsweredValues(List<Map<String, String>> inputs, List<String> answers) {

    public AnsweredValues {
        inputs = List.copyOf(inputs);
        answers = List.copyOf(answers);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return answers.isEmpty();
    }
}
