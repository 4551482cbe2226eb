package dev.cloze.runtime.training;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.Freezing;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a trainer's caller asks of a training.
 *
 * @param change what is changed of the options
 * @param listeners who hears of it
 * @param quiet whether it is shown to the listeners alone
 */
public record TrainingRequest(UnaryOperator<TrainingOptions> change, List<TrainingListener> listeners, boolean quiet) {

    public TrainingRequest {
        listeners = List.copyOf(listeners);
    }

    /** The listeners, after the progress bar unless it is not wanted. */
    public List<TrainingListener> heard() {
        List<TrainingListener> heard = new ArrayList<>();
        if (!quiet) {
            heard.add(ProgressDisplay.listener());
        }
        heard.addAll(listeners);
        return heard;
    }

    /**
     * What the method chooses, then what the annotation says, then what the caller changes.
     *
     * @param method the method's own defaults
     * @param withoutDev whether there is nothing to evaluate on
     */
    public TrainingOptions options(TaskTuning tuning, TrainingOptions method, boolean withoutDev) {
        TrainingOptions options = method;
        List<Option<?>> own = MethodAnnotations.optionsOf(tuning.method());
        for (Option<?> option : own) {
            options = usual(options, option); // what a checkpoint must agree with, and what is recorded
        }
        for (Option<?> option : tuning.options().written().keySet()) {
            options = written(options, option, tuning.options());
        }
        options = change.apply(options);
        requireOwn(options, own, tuning.method());
        return withoutDev ? options.withEvaluateEvery(0) : options;
    }

    /**
     * The same where options that this method doesn't have for this kind of task are refused, whoever wrote them: they would be set
     * and do nothing.
     */
    public TrainingRequest of(MethodTraits row) {
        return new TrainingRequest(
                options -> {
                    TrainingOptions changed = change.apply(options);
                    Stream.of(TuningOptions.ALL, VerbalizerOptions.ALL, MethodAnnotations.optionsOf(row.method()))
                            .flatMap(List::stream)
                            .filter(option -> changed.isSet(option) && !option.isOf(row))
                            .filter(option -> !isUsual(changed, option)) // which is there in any case
                            .filter(option -> option != TuningOptions.FREEZE_BACKBONE || !freezesAnyway(changed, row))
                            .findFirst()
                            .ifPresent(option -> refuse(option, row));
                    return changed;
                },
                listeners,
                quiet);
    }

    private static <T> boolean isUsual(TrainingOptions options, Option<T> option) {
        return option.usual().filter(options.get(option)::equals).isPresent();
    }

    /** To say what a method does anyway is no fault. */
    private static boolean freezesAnyway(TrainingOptions options, MethodTraits row) {
        return options.get(TuningOptions.FREEZE_BACKBONE) == (row.freezing() == Freezing.ALWAYS);
    }

    private static void refuse(Option<?> option, MethodTraits row) {
        boolean ofAnotherKind =
                MethodTable.rows().stream().anyMatch(other -> other.method() == row.method() && option.isOf(other));
        throw new ClozeException(
                Problem.TUNING_OPTION_NOT_APPLICABLE,
                "The option " + option + " means nothing to " + row.method()
                        + (ofAnotherKind ? " of a task of the kind " + row.kind() : "") + ".\n  Leave it out. "
                        + MethodTable.having(option));
    }

    /** The same with one more change of the options, after those of the caller. */
    public TrainingRequest then(UnaryOperator<TrainingOptions> last) {
        return new TrainingRequest(options -> last.apply(change.apply(options)), listeners, quiet);
    }

    /** What belongs to another method alone would be set and do nothing. */
    private static void requireOwn(TrainingOptions options, List<Option<?>> own, TuningMethod method) {
        for (MethodAnnotation other : MethodAnnotations.ALL) {
            for (Option<?> option : other.options()) {
                if (options.isSet(option) && !own.contains(option)) {
                    throw new ClozeException(
                            Problem.TUNING_OPTION_NOT_APPLICABLE,
                            "The option " + option + " means nothing to " + method + ".\n  Leave it out. "
                                    + MethodTable.having(option));
                }
            }
        }
    }

    private static <T> TrainingOptions usual(TrainingOptions options, Option<T> option) {
        return options.isSet(option)
                ? options
                : option.usual().map(value -> options.with(option, value)).orElse(options);
    }

    /** How long an input may be is asked when a task meets a model, and trains nothing. */
    private static <T> TrainingOptions written(TrainingOptions options, Option<T> option, OptionValues values) {
        return option == TuningOptions.MAX_LENGTH ? options : options.with(option, values.get(option));
    }
}
