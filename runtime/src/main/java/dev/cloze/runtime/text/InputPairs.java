package dev.cloze.runtime.text;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.ValuePair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs of a task as methods see them. */
final class InputPairs {

    private InputPairs() {}

    /** {@code INPUT_NULL} where a pair, its input or a component is null. */
    static <I> List<ValuePair> of(TextTask<I> task, List<? extends @Nullable TextPair<I>> pairs) {
        return pairs.stream().map(pair -> of(task, pair)).toList();
    }

    private static <I> ValuePair of(TextTask<I> task, @Nullable TextPair<I> pair) {
        if (pair == null) {
            throw new ClozeException(Problem.INPUT_NULL, "A pair is null.\n  Leave it out, or complete it.");
        }
        return new ValuePair(PlaceholderValues.of(pair.input(), task.placeholders()), pair.target());
    }
}
