package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.vocabulary.DemonstrationBudget;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many tokens inputs and demonstrations may have.
 *
 * @param inputLimit tokens of each text of the input, but for those that are {@code fixed}; empty for {@value
 *     DemonstrationBudget#USUAL_INPUT_LIMIT}, but no more than half of what fixed text leaves
 * @param demonstrationLimit tokens of each text of a demonstration; empty for as many as have room, at most {@value
 *     DemonstrationBudget#USUAL_LIMIT}
 * @param everyLabel whether there must be room for a demonstration of every label at once, rather than for one
 */
public record DemonstrationRoom(OptionalInt inputLimit, OptionalInt demonstrationLimit, boolean everyLabel) {

    /**
     * The budget of a template.
     *
     * @param most tokens of a row
     * @param input tokens around the input's texts
     * @param around for each label, tokens around a demonstration's texts
     */
    DemonstrationBudget budget(List<TemplatePart> parts, int most, int input, List<Integer> around) {
        List<Integer> shown = everyLabel
                ? around
                : List.of(around.stream().max(Comparator.naturalOrder()).orElseThrow());
        return DemonstrationBudget.of(most, input, shown, parts, inputLimit);
    }

    /**
     * How long texts may be.
     *
     * @throws dev.cloze.problem.ClozeException {@code DEMONSTRATIONS_TOO_LONG}
     */
    DemonstrationLimits limits(String model, DemonstrationBudget budget) {
        return new DemonstrationLimits(budget.inputLimit(), budget.requireLimit(model, demonstrationLimit));
    }
}
