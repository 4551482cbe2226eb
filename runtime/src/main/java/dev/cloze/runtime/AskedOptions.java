package dev.cloze.runtime;

import dev.cloze.annotations.Precision;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a trainer's caller asks of the options, whose function has been called once.
 *
 * @param precision the one that is asked for, which counts when the model is opened, before a method chooses its options by the model
 * @param change writes what the function wrote, in the same order, over whatever options a method begins with
 */
record AskedOptions(Optional<Precision> precision, UnaryOperator<TrainingOptions> change) {

    /**
     * Calls the function.
     *
     * @param known what it may read beside the defaults: the annotation's values
     */
    static AskedOptions of(OptionValues known, UnaryOperator<TrainingOptions> function) {
        return TrainingOptions.asked(known, function);
    }

    /** The same tuning at the precision that is asked for. */
    TaskTuning at(TaskTuning tuning) {
        return precision.map(tuning::withPrecision).orElse(tuning);
    }
}
