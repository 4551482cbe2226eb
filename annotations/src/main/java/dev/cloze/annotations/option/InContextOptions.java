package dev.cloze.annotations.option;

import dev.cloze.annotations.TuningMethod;
import java.util.List;

/** The options of in-context classification alone. */
public final class InContextOptions {

    /** Demonstrations of a label. */
    public static final Option<Integer> DEMONSTRATIONS = Option.<Integer>of(
                    "demonstrations",
                    Integer.class,
                    8,
                    Range.between(1, 1000),
                    "Demonstrations of a label at most; there are as many as have room.")
            .of(row -> row.method() == TuningMethod.IN_CONTEXT);

    /** Sets of demonstrations. */
    public static final Option<Integer> SETS = Option.<Integer>of(
                    "sets",
                    Integer.class,
                    1,
                    Range.between(1, 1000),
                    "Sets of demonstrations that an input is read with; its scores are the mean.")
            .of(row -> row.method() == TuningMethod.IN_CONTEXT);

    /** All of them, in the order of their page. */
    public static final List<Option<?>> ALL = List.of(
            DEMONSTRATIONS,
            SETS,
            DemonstrationOptions.INPUT_LIMIT,
            DemonstrationOptions.DEMONSTRATION_LIMIT,
            DemonstrationOptions.SIMILARITY);

    private InContextOptions() {}
}
