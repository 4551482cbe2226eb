package dev.cloze.annotations.option;

import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import java.util.List;

/** The options that {@link FineTuning} has, by the names of its members. */
public final class FineTuningOptions {

    /** Which hidden states stand for a text. */
    public static final Option<FineTuning.Pooling> POOLING = Option.<FineTuning.Pooling>of(
                    "pooling",
                    FineTuning.Pooling.class,
                    FineTuning.Pooling.PUBLISHED,
                    Range.any("PUBLISHED or MEAN"),
                    "Which hidden states stand for a text: as the model's published classifiers read it, or their mean.")
            .of(row -> row.method() == TuningMethod.FINE_TUNING && row.kind() != TaskKind.EXTRACTION);

    /** All of them, in the order of the pages. */
    public static final List<Option<?>> ALL = List.of(POOLING);

    private FineTuningOptions() {}
}
