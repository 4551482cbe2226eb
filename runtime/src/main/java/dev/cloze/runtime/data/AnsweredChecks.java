package dev.cloze.runtime.data;

import dev.cloze.runtime.Answered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What answered examples must be, each with the sentence that says so. */
public final class AnsweredChecks {

    private AnsweredChecks() {}

    /**
     * Refuses examples without an input or without an answer.
     *
     * @param kind what to call them: {@code "training example"}
     * @throws dev.cloze.problem.ClozeException {@code INPUT_NULL}
     */
    public static <I> void complete(List<? extends @Nullable Answered<I>> examples, String kind) {
        for (int i = 0; i < examples.size(); i++) {
            Answered<I> example = examples.get(i);
            String missing = example == null ? "" : missing(example);
            if (missing != null) {
                throw ExampleChecks.missing(kind, i, missing);
            }
        }
    }

    @SuppressWarnings("ConstantValue") // callers may not check for nulls
    private static @Nullable String missing(Answered<?> example) {
        return example.input() == null ? "'s input" : example.answer() == null ? "'s answer" : null;
    }
}
