package dev.cloze.benchmarks;

import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.util.Optional;

/** The columns of tables that compare a model in bfloat16 with itself in float32, empty where this processor doesn't multiply so. */
final class Halved {

    static final String TITLES = " in bfloat16 | times as fast as in float32 | rounds |";
    static final String RULE = "---:|---:|---|";
    static final String NONE = " | | |";

    private Halved() {}

    /** The model of that folder in bfloat16. */
    static Optional<LanguageModel> open(String folder) {
        TaskTuning tuning =
                TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, folder).withPrecision(Precision.BFLOAT16);
        return ComputePrecision.isThere(ComputeDevice.CPU) ? Optional.of(LanguageModel.open(tuning)) : Optional.empty();
    }

    /** The columns: {@code figure} makes of the median seconds what is printed. */
    static String columns(int rounds, Duel.Turn half, Duel.Turn full, Figure figure) throws IOException {
        half.seconds();
        Duel duel = Duel.of(rounds, half, full);
        return " %.1f | **%.2f** | %s |".formatted(figure.of(duel.our()), duel.ratio(), duel.spread());
    }

    /** What a table prints of seconds. */
    interface Figure {
        double of(double seconds);
    }
}
