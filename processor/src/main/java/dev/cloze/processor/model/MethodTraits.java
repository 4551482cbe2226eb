package dev.cloze.processor.model;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import java.util.Arrays;
import java.util.List;

/**
 * What the compiler knows of each tuning method: the one table a new method adds its row to.
 *
 * @param virtualTokens whether it has virtual tokens to train, so that {@code {soft}} and promptLength mean something
 * @param mostTokens tokens an input may have where the task does not say
 * @param trained what it trains, to complete the sentence "Tuning trains ..."
 */
public record MethodTraits(TuningMethod method, boolean virtualTokens, int mostTokens, String trained) {

    /** The row of a method. */
    public static MethodTraits of(TuningMethod method) {
        return switch (method) {
            case PROMPT_FINE_TUNING -> new MethodTraits(method, false, Tuning.USUAL_LENGTH, "all weights of the model");
        };
    }

    /** The sentence that names the methods with virtual tokens. */
    public static String withVirtualTokens() {
        List<String> names = Arrays.stream(TuningMethod.values())
                .filter(method -> of(method).virtualTokens())
                .map(Enum::name)
                .toList();
        return names.isEmpty()
                ? "No method of this version trains any."
                : "They are trained by " + String.join(", ", names) + ".";
    }
}
