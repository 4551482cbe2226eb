package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What labelled examples must be, each with the sentence that says so. */
public final class ExampleChecks {

    private ExampleChecks() {}

    /**
     * Refuses examples without an input or without one of the labels.
     *
     * @param kind what to call them: {@code "training example"}
     * @throws ClozeException {@code INPUT_NULL}, {@code VERBALIZER_UNKNOWN_LABEL}
     */
    public static <I, L> void complete(List<? extends @Nullable Labeled<I, L>> examples, List<L> labels, String kind) {
        for (int i = 0; i < examples.size(); i++) {
            Labeled<I, L> example = examples.get(i);
            String missing = example == null ? "" : missing(example);
            if (example == null || missing != null) {
                throw missing(kind, i, missing == null ? "" : missing);
            }
            if (!labels.contains(example.label())) {
                throw new ClozeException(
                        Problem.VERBALIZER_UNKNOWN_LABEL,
                        "The label " + example.label() + " of " + kind + " " + (i + 1)
                                + " is not one of the task's labels.\n  They are: "
                                + labels.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
            }
        }
    }

    static ClozeException missing(String kind, int index, String part) {
        return new ClozeException(
                Problem.INPUT_NULL,
                kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + (index + 1) + part
                        + " is null.\n  Leave the example out, or complete it.");
    }

    @SuppressWarnings("ConstantValue") // callers may not check for nulls
    private static @Nullable String missing(Labeled<?, ?> example) {
        return example.input() == null ? "'s input" : example.label() == null ? "'s label" : null;
    }
}
