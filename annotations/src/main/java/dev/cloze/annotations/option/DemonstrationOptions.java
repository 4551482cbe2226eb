package dev.cloze.annotations.option;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTraits;

/** The options of all methods that show demonstrations, see their annotations. */
public final class DemonstrationOptions {

    /** Tokens of the input's texts. */
    public static final Option<Integer> INPUT_LIMIT = Option.<Integer>of(
                    "inputLimit",
                    Integer.class,
                    null,
                    Range.between(1, 1_000_000),
                    "Tokens of each text of the input that is not fixed; 110, or half of what fixed text leaves.")
            .of(DemonstrationOptions::isShowing);

    /** Tokens of the demonstrations' texts. */
    public static final Option<Integer> DEMONSTRATION_LIMIT = Option.<Integer>of(
                    "demonstrationLimit",
                    Integer.class,
                    null,
                    Range.between(1, 1_000_000),
                    "Tokens of each text of a demonstration; 50, or as many as have room.")
            .of(DemonstrationOptions::isShowing);

    /** The model whose vectors say which demonstrations are like an input. */
    public static final Option<String> SIMILARITY = Option.<String>of(
                    "similarity",
                    String.class,
                    null,
                    Range.any("a model's name or folder"),
                    "The model whose sentence vectors choose demonstrations like the input; none if left out.")
            .of(DemonstrationOptions::isShowing);

    /** Tokens of an input with its demonstrations where the task says no other number and the model can read as much. */
    public static final int USUAL_LENGTH = 512;

    private DemonstrationOptions() {}

    /** Whether there must be room for a demonstration of every label at once, rather than for one. */
    public static boolean showsEveryLabel(MethodTraits row) {
        return row.method() == TuningMethod.LM_BFF;
    }

    private static boolean isShowing(MethodTraits row) {
        return row.method() == TuningMethod.IN_CONTEXT || row.method() == TuningMethod.LM_BFF;
    }
}
