package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.spi.DeclaredScale;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rated examples must be, each with the sentence that says so. */
public final class RatedChecks {

    private RatedChecks() {}

    /**
     * Refuses examples without an input or with a value that is not on the scale.
     *
     * @param kind what to call them: {@code "training example"}
     * @throws ClozeException {@code INPUT_NULL}, {@code SCALE_VALUE_OUTSIDE}
     */
    public static <I> void complete(List<? extends @Nullable Rated<I>> examples, DeclaredScale scale, String kind) {
        for (int i = 0; i < examples.size(); i++) {
            Rated<I> example = examples.get(i);
            if (example == null || isWithoutInput(example)) {
                throw ExampleChecks.missing(kind, i, example == null ? "" : "'s input");
            }
            if (!scale.holds(example.value())) {
                throw new ClozeException(
                        Problem.SCALE_VALUE_OUTSIDE,
                        "The value of " + kind + " " + (i + 1) + " is " + example.value()
                                + ", which is not on the scale from " + scale.from() + " to " + scale.to()
                                + ".\n  Correct the value, leave the example out, or widen the scale in @Scale.");
            }
        }
    }

    @SuppressWarnings("ConstantValue") // callers may not check for nulls
    private static boolean isWithoutInput(Rated<?> example) {
        return example.input() == null;
    }

    /** Refuses to train on nothing: {@code TRAINING_TOO_FEW_EXAMPLES}. */
    public static <I> void some(List<Rated<I>> train) {
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training examples.\n  Give at least one input with its right value; thirty-two from"
                            + " all over the scale are usual.");
        }
    }

    /**
     * Refuses examples of one value alone, which correlates with nothing; none at all are let pass.
     *
     * @param kind what to call them: {@code "development examples"}
     * @param otherwise what else can be given, after a comma, or nothing
     * @throws ClozeException {@code TRAINING_TOO_FEW_EXAMPLES}
     */
    public static <I> void notAllAlike(List<Rated<I>> examples, String kind, String otherwise) {
        if (!examples.isEmpty()
                && examples.stream().mapToDouble(Rated::value).distinct().count() == 1) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "All " + kind + " have the value " + examples.get(0).value()
                            + ", and there is no correlation with one value.\n  Give examples of several values"
                            + otherwise
                            + ".");
        }
    }
}
