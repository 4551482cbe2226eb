package dev.cloze.runtime.tuning.candidate;

import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds spans by asking about each run of words.
 *
 * @param asked the questions
 * @param choice answers them
 */
record CandidateAnswers(AskedSpans asked, LabelAnswers choice) implements SpanAnswers {

    /** Inputs at a time: each has as many questions as runs of words. */
    private static final int CHUNK = 16;

    @Override
    public List<SpanAnswer> answer(List<Map<String, String>> inputs) {
        List<SpanAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            AskedSpans.Questions questions = asked.all(inputs.subList(from, Math.min(inputs.size(), from + CHUNK)));
            answers.addAll(asked.spans(questions, choice.answer(questions.values())));
        }
        return answers;
    }

    @Override
    public int texts(Map<String, String> input) {
        return Math.max(1, asked.count(input));
    }
}
