package dev.cloze.runtime.option;

import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Optional;

/**
 * Sets options, and refuses what is out of range or does not suit the others as they are.
 *
 * @param problem the code of the refusal
 * @param what the options are of, to complete the sentence "The ... option batchSize is ..."
 * @param type the class whose {@code withX} methods set them
 */
public record OptionCheck(Problem problem, String what, String type) {

    /**
     * The values with this one.
     *
     * @throws ClozeException with the problem's code
     */
    public <T> OptionValues set(OptionValues values, Option<T> option, T value) {
        option.objection(value, values).ifPresent(objection -> refuse(option, objection));
        OptionValues changed = values.with(option, value);
        for (Option<?> other : values.written().keySet()) {
            objection(other, changed)
                    .ifPresent(objection ->
                            refuse(option, "can't be " + value + " here: then the option " + other + " " + objection));
        }
        return changed;
    }

    private static <T> Optional<String> objection(Option<T> option, OptionValues values) {
        return values.find(option).flatMap(value -> option.objection(value, values));
    }

    private void refuse(Option<?> option, String objection) {
        String setter = "with" + Character.toUpperCase(option.name().charAt(0))
                + option.name().substring(1);
        throw new ClozeException(
                problem,
                "The " + what + " option " + option + " " + objection + "\n  Give " + type + "." + setter
                        + "(...) a value that it can have, or change the other options first.");
    }
}
