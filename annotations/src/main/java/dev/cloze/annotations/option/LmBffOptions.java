package dev.cloze.annotations.option;

import dev.cloze.annotations.TuningMethod;
import java.util.List;

/** The options of LM-BFF alone. Defaults: Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 6. */
public final class LmBffOptions {

    /** Sets of demonstrations. */
    public static final Option<Integer> SETS = Option.<Integer>of(
                    "sets",
                    Integer.class,
                    16,
                    Range.between(1, 1000),
                    "Sets of demonstrations that an input is read with; its scores are the mean.")
            .of(row -> row.method() == TuningMethod.LM_BFF);

    /** The same where the development set is measured. */
    public static final Option<Integer> DEV_SETS = Option.<Integer>of(
                    "devSets",
                    Integer.class,
                    4,
                    Range.between(1, 1000),
                    "The same where the development set is measured in training.")
            .of(row -> row.method() == TuningMethod.LM_BFF);

    /** All of them, in the order of their page. */
    public static final List<Option<?>> ALL = List.of(
            SETS,
            DEV_SETS,
            DemonstrationOptions.INPUT_LIMIT,
            DemonstrationOptions.DEMONSTRATION_LIMIT,
            DemonstrationOptions.SIMILARITY);

    private LmBffOptions() {}
}
