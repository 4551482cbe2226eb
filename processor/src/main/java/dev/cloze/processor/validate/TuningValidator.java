package dev.cloze.processor.validate;

import dev.cloze.processor.model.MethodTraits;
import dev.cloze.processor.model.Option;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;

/** The tuning options are in range, mean something to the method, and leave it something to train. */
public final class TuningValidator implements Validator {

    private static final int LEAST_LENGTH = 8;
    private static final int MOST_EXAMPLES = 1024;
    private static final int MOST_STEPS = 1_000_000;

    @Override
    public void check(TaskModel task, Report report) {
        TuningModel tuning = task.tuning();
        double rate = tuning.learningRate().value();
        if (!(rate >= 0 && rate <= 1)) {
            outOfRange(tuning.learningRate(), "a number above 0 and at most 1", report);
        }
        checkRange(tuning.batchSize(), 1, MOST_EXAMPLES, "1 to 1024", report);
        checkRange(tuning.maxSteps(), 1, MOST_STEPS, "1 to 1,000,000", report);
        checkRange(tuning.maxLength(), LEAST_LENGTH, Integer.MAX_VALUE, "8 to what the model can read", report);
        checkMethod(tuning, report);
    }

    private static void checkRange(Option<Integer> option, int least, int most, String range, Report report) {
        int value = option.value();
        if (value != 0 && (value < least || value > most)) {
            outOfRange(option, range, report);
        }
    }

    private static void outOfRange(Option<?> option, String range, Report report) {
        report.error(option.place(), Message.OPTION_OUT_OF_RANGE, option.name(), option.value(), range);
    }

    private static void checkMethod(TuningModel tuning, Report report) {
        MethodTraits method = tuning.method();
        Option<Integer> length = tuning.promptLength();
        if (length.value() < 0) {
            outOfRange(length, "1 or more", report);
        } else if (length.value() > 0 && !method.virtualTokens()) {
            report.error(
                    length.place(),
                    Message.OPTION_NOT_APPLICABLE,
                    length.name(),
                    length.value(),
                    method.method(),
                    length.name(),
                    MethodTraits.withVirtualTokens());
        }
        if (tuning.freezeBackbone().value() && !method.virtualTokens()) {
            report.error(tuning.freezeBackbone().place(), Message.NOTHING_TO_TRAIN, method.method());
        }
    }
}
