package dev.cloze.processor.validate;

import dev.cloze.annotations.method.Freezing;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;

/** The method serves the kind of task, and the options are in range, mean something to it, and leave it something to train. */
public final class TuningValidator implements Validator {

    private final List<MethodAnnotation> methods;

    /** Checks with the annotations named after methods. */
    public TuningValidator(List<MethodAnnotation> methods) {
        this.methods = methods;
    }

    @Override
    public void check(TaskModel task, Report report) {
        TuningModel tuning = task.tuning();
        OptionValues all = all(tuning);
        for (Written<?> written : tuning.written()) {
            Option<?> option = option(tuning, written.name());
            boolean inRange = isInRange(option, written, report);
            task.method().filter(row -> inRange).ifPresent(row -> checkMethod(option, written, row, report));
            if (inRange && task.method().filter(option::isOf).isPresent()) {
                checkOthers(option, written, all, report);
            }
        }
        if (task.method().isEmpty()) {
            report.error(
                    task.place(),
                    Message.METHOD_NOT_FOR_KIND,
                    tuning.method(),
                    task.kind().described(),
                    MethodTable.names(row -> row.kind() == task.kind()));
        }
    }

    private Option<?> option(TuningModel tuning, String name) {
        return TuningOptions.named(name)
                .or(() -> VerbalizerOptions.named(name))
                .or(() -> methods.stream()
                        .filter(method -> method.method() == tuning.method())
                        .flatMap(method -> method.named(name).stream())
                        .findFirst())
                .orElseThrow();
    }

    private static <T> boolean isInRange(Option<T> option, Written<?> written, Report report) {
        T value = option.cast(written.value()).orElseThrow();
        boolean holds = option.range(OptionValues.NONE).holds().test(value);
        if (!holds) {
            report.error(
                    written.place(),
                    Message.OPTION_OUT_OF_RANGE,
                    written.name(),
                    value,
                    option.range(OptionValues.NONE).text());
        }
        return holds;
    }

    /** What is written, as one option may depend on any other. */
    private OptionValues all(TuningModel tuning) {
        OptionValues all = OptionValues.NONE;
        for (Written<?> written : tuning.written()) {
            all = with(all, option(tuning, written.name()), written);
        }
        return all;
    }

    private static <T> OptionValues with(OptionValues others, Option<T> option, Written<?> written) {
        return others.with(option, option.cast(written.value()).orElseThrow());
    }

    private static <T> void checkOthers(Option<T> option, Written<?> written, OptionValues others, Report report) {
        option.objection(option.cast(written.value()).orElseThrow(), others)
                .ifPresent(objection -> report.error(
                        written.place(), Message.OPTION_BESIDE_OTHERS, written.name(), objection, written.name()));
    }

    private static void checkMethod(Option<?> option, Written<?> written, MethodTraits method, Report report) {
        if (option.isOf(method)) {
            return;
        }
        if (option == TuningOptions.FREEZE_BACKBONE) {
            checkFreezing(written, method, report);
            return;
        }
        report.error(
                written.place(),
                Message.OPTION_NOT_APPLICABLE,
                written.name(),
                written.value(),
                described(option, method),
                written.name(),
                MethodTable.having(option));
    }

    /** With the kind of task where the method has the option for another one. */
    private static String described(Option<?> option, MethodTraits method) {
        boolean ofAnotherKind =
                MethodTable.rows().stream().anyMatch(other -> other.method() == method.method() && option.isOf(other));
        return method.method() + (ofAnotherKind ? " of a task of the kind " + method.kind() : "");
    }

    /** To say what a method does anyway is no fault. */
    private static void checkFreezing(Written<?> written, MethodTraits method, Report report) {
        boolean freezes = method.freezing() == Freezing.ALWAYS;
        if (!freezes && written.value().equals(true)) {
            report.error(written.place(), Message.NOTHING_TO_TRAIN, method.method());
        } else if (freezes && written.value().equals(false)) {
            report.error(written.place(), Message.ALWAYS_FROZEN, method.method());
        }
    }
}
