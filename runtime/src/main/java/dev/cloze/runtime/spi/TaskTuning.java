package dev.cloze.runtime.spi;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.Precision;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task's {@link Tuning} annotation says: the method, the backbone, and what is written of the options. */
public final class TaskTuning {

    /** What a task without {@link Tuning} has. */
    public static TaskTuning defaults() {
        return of(TuningMethod.PROMPT_FINE_TUNING);
    }

    /** A method, the default backbone ({@link DefaultBackbone}), the rest left to the method. */
    public static TaskTuning of(TuningMethod method) {
        return of(method, DefaultBackbone.name());
    }

    private final TuningMethod method;
    private final String backbone;
    private final OptionValues options;

    private TaskTuning(TuningMethod method, String backbone, OptionValues options) {
        this.method = method;
        this.backbone = backbone;
        this.options = options;
    }

    /** A method and a backbone, the rest left to the method. */
    public static TaskTuning of(TuningMethod method, String backbone) {
        return new TaskTuning(method, backbone, OptionValues.NONE);
    }

    /** The same with this value of the option of this name. */
    public TaskTuning with(String name, Object value) {
        Option<?> option = MethodAnnotations.named(method, name)
                .orElseThrow(() -> new ClozeException(
                        Problem.TUNING_OPTION_NOT_APPLICABLE,
                        "There is no tuning option " + name + " of " + method + ". "
                                + NearestName.suggestion(
                                        name,
                                        MethodAnnotations.writable(method).stream()
                                                .map(Option::name)
                                                .toList())
                                + "\n  Was the task compiled by another version of Cloze? Compile it anew."));
        return with(option, value);
    }

    private <T> TaskTuning with(Option<T> option, Object value) {
        T cast = option.cast(value)
                .orElseThrow(() -> new ClozeException(
                        Problem.TUNING_OPTION_OUT_OF_RANGE,
                        "The tuning option " + option + " is " + value + ", which is no "
                                + option.type().getSimpleName() + ".\n  Its range is "
                                + option.range(options).text() + "."));
        boolean inRange = option.range(options).holds().test(cast);
        option.objection(cast, options).ifPresent(objection -> {
            throw new ClozeException(
                    inRange ? Problem.TUNING_OPTION_NOT_APPLICABLE : Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "The tuning option " + option + " " + objection
                            + "\n  Write such a value, or leave it out and let the method choose.");
        });
        return new TaskTuning(method, backbone, options.with(option, cast));
    }

    /** The same by another method, without the options that the other one doesn't have. */
    public TaskTuning withMethod(TuningMethod other) {
        OptionValues kept = options;
        for (Option<?> written : options.written().keySet()) {
            kept = MethodTable.rows().stream().anyMatch(row -> row.method() == other && written.isOf(row))
                    ? kept
                    : kept.without(written);
        }
        return new TaskTuning(other, backbone, kept);
    }

    /** The same of another model. */
    public TaskTuning withBackbone(String other) {
        return new TaskTuning(method, other, options);
    }

    /** The same without what is written of this option. */
    public TaskTuning without(Option<?> option) {
        return new TaskTuning(method, backbone, options.without(option));
    }

    /** The tuning method. */
    public TuningMethod method() {
        return method;
    }

    /** The model's name. */
    public String backbone() {
        return backbone;
    }

    /** What is written of the options. */
    public OptionValues options() {
        return options;
    }

    /** Tokens of an encoded input at most; 0 where the task doesn't say. */
    public int maxLength() {
        return options.find(TuningOptions.MAX_LENGTH).orElse(0);
    }

    /** The precision that the task asks for; empty where it asks for none. */
    public Optional<Precision> precision() {
        return options.written(TuningOptions.PRECISION);
    }

    /** The same at that precision, where the method has a language model. */
    public TaskTuning withPrecision(Precision asked) {
        return MethodTable.rows().stream().anyMatch(row -> row.method() == method && TuningOptions.PRECISION.isOf(row))
                ? new TaskTuning(method, backbone, options.with(TuningOptions.PRECISION, asked))
                : this;
    }

    /** Paper or reference code. */
    public Compat compat() {
        return options.get(TuningOptions.COMPAT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskTuning that
                && method == that.method
                && backbone.equals(that.backbone)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, backbone, options);
    }

    @Override
    public String toString() {
        return method + " of " + backbone + " with " + options;
    }
}
