package dev.cloze.runtime.text;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.ValuePair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs of a task as methods see them. */
public final class InputPairs {

    private InputPairs() {}

    /**
     * {@code INPUT_NULL} where a pair, its input or a component is null.
     *
     * @param kind what an error calls them: {@code "training pair"}
     */
    public static <I> List<ValuePair> of(TextTask<I> task, List<? extends @Nullable TextPair<I>> pairs, String kind) {
        List<ValuePair> values = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            TextPair<I> pair = pairs.get(i);
            String called = kind + " " + (i + 1);
            if (pair == null || isWithoutTarget(pair)) {
                throw new ClozeException(
                        Problem.INPUT_NULL,
                        (pair == null ? "The " + called : "The target of " + called)
                                + " is null.\n  Leave the pair out, or complete it.");
            }
            values.add(new ValuePair(PlaceholderValues.of(pair.input(), called, task.placeholders()), pair.target()));
        }
        return values;
    }

    @SuppressWarnings("ConstantValue") // callers may not check for nulls
    private static boolean isWithoutTarget(TextPair<?> pair) {
        return pair.target() == null;
    }
}
