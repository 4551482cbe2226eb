package dev.cloze.runtime.adapter;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of PEFT's adapters that can be read, by PEFT's own names. */
public enum PeftType {
    /** Virtual tokens before the input. */
    PROMPT_TUNING,
    /** The same, trained through a network that the folder no longer has. */
    P_TUNING,
    /** Keys and values before those of the text in every layer. */
    PREFIX_TUNING,
    /** Virtual tokens that several tasks share, times a matrix of low rank for each task. */
    MULTITASK_PROMPT_TUNING;

    /** The kind of that name; {@code ADAPTER_UNSUPPORTED} where it is another of PEFT's. */
    static PeftType of(String name, Path place) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClozeException(
                        Problem.ADAPTER_UNSUPPORTED,
                        "The adapter " + place + " is of PEFT's kind " + name
                                + ", which can't be run: it changes more of a model than what stands before its input."
                                + "\n  Readable are "
                                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))
                                + ".\n"
                                + "  Merge it into its model in Python, model.merge_and_unload(), and name the model"
                                + " that this saves."));
    }
}
