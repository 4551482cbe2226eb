package dev.cloze.runtime;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.Precision;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.option.LoopOptions;
import dev.cloze.runtime.option.OptionCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained: an unchangeable value that starts at {@link #defaults()} and is varied with the
 * {@code withX} methods.
 *
 * <p>The defaults are those of prompt-based fine-tuning (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 3): 1,000
 * steps of 8 examples, AdamW without weight decay, a learning rate that falls linearly to zero, gradients clipped to a
 * norm of 1, an evaluation each 100 steps of which the best is kept. The learning rate is left to the tuning method,
 * as it depends on the size of the model.
 *
 * <p>Every value is checked when it is set; one that is out of its range is a {@code TrainingOptionOutOfRange}. A limit
 * that depends on another option (warm-up on {@code maxSteps}, {@code accumulation} on {@code batchSize}) is checked
 * against its value at that moment, so set the larger one first. A tuning method's own options are set with {@link
 * #with(Option, Object)}.
 */
public final class TrainingOptions {

    /** What becomes of the learning rate after the warm-up. */
    public enum Schedule {
        /** Falls in a straight line to zero at {@code maxSteps}. */
        LINEAR,
        /** Stays. */
        CONSTANT,
        /** Falls along half a cosine wave to zero at {@code maxSteps}. */
        COSINE
    }

    private static final TrainingOptions DEFAULTS = new TrainingOptions(OptionValues.NONE);

    private static final OptionCheck CHECK =
            new OptionCheck(Problem.TRAINING_OPTION_OUT_OF_RANGE, "training", "TrainingOptions");

    private final OptionValues values;

    /** What has been written, where it is written down to be done again: nothing is checked before that. Null elsewhere. */
    private final @Nullable List<UnaryOperator<TrainingOptions>> record;

    private TrainingOptions(OptionValues values) {
        this(values, null);
    }

    private TrainingOptions(OptionValues values, @Nullable List<UnaryOperator<TrainingOptions>> record) {
        this.values = values;
        this.record = record;
    }

    /** The defaults, with the learning rate left to the tuning method. */
    public static TrainingOptions defaults() {
        return DEFAULTS;
    }

    /** Peak learning rate, above 0 and at most 1; 0 until somebody sets it. */
    public double learningRate() {
        return values.find(TuningOptions.LEARNING_RATE).orElse(0.0);
    }

    public TrainingOptions withLearningRate(double value) {
        return with(TuningOptions.LEARNING_RATE, value);
    }

    /** Examples in one optimizer step, 1 to 1024. */
    public int batchSize() {
        return get(TuningOptions.BATCH_SIZE);
    }

    public TrainingOptions withBatchSize(int value) {
        return with(TuningOptions.BATCH_SIZE, value);
    }

    /**
     * Micro-batches a step's examples are divided into, 1 to {@code batchSize}: more of them need less memory, and
     * give the same step but for rounding and for where dropout falls.
     */
    public int accumulation() {
        return get(LoopOptions.ACCUMULATION);
    }

    public TrainingOptions withAccumulation(int value) {
        return with(LoopOptions.ACCUMULATION, value);
    }

    /** Optimizer steps, 1 to 1,000,000. */
    public int maxSteps() {
        return get(TuningOptions.MAX_STEPS);
    }

    public TrainingOptions withMaxSteps(int value) {
        return with(TuningOptions.MAX_STEPS, value);
    }

    /** Steps in which the learning rate rises from zero to its peak, 0 to {@code maxSteps}. */
    public int warmupSteps() {
        return get(LoopOptions.WARMUP_STEPS);
    }

    public TrainingOptions withWarmupSteps(int value) {
        return with(LoopOptions.WARMUP_STEPS, value);
    }

    /** What becomes of the learning rate after the warm-up. */
    public Schedule schedule() {
        return get(LoopOptions.SCHEDULE);
    }

    public TrainingOptions withSchedule(Schedule value) {
        return with(LoopOptions.SCHEDULE, value);
    }

    /** AdamW's decoupled weight decay, 0 to 1; biases and layer norms have none. */
    public double weightDecay() {
        return get(LoopOptions.WEIGHT_DECAY);
    }

    public TrainingOptions withWeightDecay(double value) {
        return with(LoopOptions.WEIGHT_DECAY, value);
    }

    /** AdamW's decay of the mean gradient, 0 to below 1. */
    public double beta1() {
        return get(LoopOptions.BETA1);
    }

    public TrainingOptions withBeta1(double value) {
        return with(LoopOptions.BETA1, value);
    }

    /** AdamW's decay of the mean squared gradient, 0 to below 1. */
    public double beta2() {
        return get(LoopOptions.BETA2);
    }

    public TrainingOptions withBeta2(double value) {
        return with(LoopOptions.BETA2, value);
    }

    /** AdamW's epsilon, above 0 and at most 1. */
    public double epsilon() {
        return get(LoopOptions.EPSILON);
    }

    public TrainingOptions withEpsilon(double value) {
        return with(LoopOptions.EPSILON, value);
    }

    /** The L2 norm that all gradients together are shortened to, 0 to 1,000,000; 0 leaves them as they are. */
    public double clipNorm() {
        return get(LoopOptions.CLIP_NORM);
    }

    public TrainingOptions withClipNorm(double value) {
        return with(LoopOptions.CLIP_NORM, value);
    }

    /**
     * Steps between two evaluations on the development set, 0 to 1,000,000; there is one more at the end. 0 makes none,
     * and the last weights are the result.
     */
    public int evaluateEvery() {
        return get(LoopOptions.EVALUATE_EVERY);
    }

    public TrainingOptions withEvaluateEvery(int value) {
        return with(LoopOptions.EVALUATE_EVERY, value);
    }

    /** Evaluations in a row without a strictly better score that end the training, 0 to 1,000,000; 0 never ends it. */
    public int patience() {
        return get(LoopOptions.PATIENCE);
    }

    public TrainingOptions withPatience(int value) {
        return with(LoopOptions.PATIENCE, value);
    }

    /** What the order of examples, dropout and new weights follow from: any number. */
    public long seed() {
        return get(LoopOptions.SEED);
    }

    public TrainingOptions withSeed(long value) {
        return with(LoopOptions.SEED, value);
    }

    /**
     * The folder checkpoints are written to, or null for none. A training that finds a checkpoint of the same options
     * and data there goes on from it.
     */
    public @Nullable Path checkpointFolder() {
        return values.find(LoopOptions.CHECKPOINT_FOLDER).orElse(null);
    }

    public TrainingOptions withCheckpointFolder(@Nullable Path value) {
        return value == null
                ? recorded(values.without(LoopOptions.CHECKPOINT_FOLDER), options -> options.withCheckpointFolder(null))
                : with(LoopOptions.CHECKPOINT_FOLDER, value);
    }

    /** Steps between two checkpoints, 1 to 1,000,000; where nobody sets it, no more than a quarter of {@code maxSteps}. */
    public int checkpointEvery() {
        int every = get(LoopOptions.CHECKPOINT_EVERY);
        return values.isSet(LoopOptions.CHECKPOINT_EVERY) ? every : Math.max(1, Math.min(every, maxSteps() / 4));
    }

    public TrainingOptions withCheckpointEvery(int value) {
        return with(LoopOptions.CHECKPOINT_EVERY, value);
    }

    /** What tuning makes small, where labels are chosen by their words at the mask. */
    public LabelLoss loss() {
        return get(TuningOptions.LOSS);
    }

    public TrainingOptions withLoss(LabelLoss value) {
        return with(TuningOptions.LOSS, value);
    }

    /**
     * Whom to follow where a paper and its code differ; here, {@link Compat#REFERENCE} makes {@code maxSteps} + 1
     * updates as PET's code does (the last of them at the learning rate the schedule has reached: zero, if linear).
     */
    public Compat compat() {
        return get(TuningOptions.COMPAT);
    }

    public TrainingOptions withCompat(Compat value) {
        return with(TuningOptions.COMPAT, value);
    }

    /**
     * In which numbers the model's layers multiply, in training and by the pipeline that comes of it; the system property {@code
     * cloze.precision} wins where it is set.
     */
    public Precision precision() {
        return get(TuningOptions.PRECISION);
    }

    public TrainingOptions withPrecision(Precision value) {
        return with(TuningOptions.PRECISION, value);
    }

    /** See {@link AskedOptions#of}. */
    static AskedOptions asked(OptionValues known, UnaryOperator<TrainingOptions> function) {
        TrainingOptions asked = function.apply(new TrainingOptions(known, List.of()));
        List<UnaryOperator<TrainingOptions>> written = asked.record;
        return new AskedOptions(
                asked.values.written(TuningOptions.PRECISION),
                written == null ? any -> asked : options -> all(written, options));
    }

    private static TrainingOptions all(List<UnaryOperator<TrainingOptions>> written, TrainingOptions options) {
        TrainingOptions changed = options;
        for (UnaryOperator<TrainingOptions> each : written) {
            changed = each.apply(changed);
        }
        return changed;
    }

    /** With one more thing written, where that is written down. */
    private TrainingOptions recorded(OptionValues next, UnaryOperator<TrainingOptions> written) {
        if (record == null) {
            return new TrainingOptions(next);
        }
        List<UnaryOperator<TrainingOptions>> more = new ArrayList<>(record);
        more.add(written);
        return new TrainingOptions(next, more);
    }

    /** The value of an option, one of a tuning method's own among them: the one set, or else its default. */
    public <T> T get(Option<T> option) {
        return values.get(option);
    }

    /** Whether an option has been set, whatever the value. */
    public boolean isSet(Option<?> option) {
        return values.isSet(option);
    }

    /** The same with this value of an option, one of a tuning method's own among them. */
    public <T> TrainingOptions with(Option<T> option, T value) {
        OptionValues next = record == null ? CHECK.set(values, option, value) : values.with(option, value);
        return recorded(next, options -> options.with(option, value));
    }

    /** The same without the options that a method doesn't have, which it would refuse: for options that several methods are given. */
    public TrainingOptions of(MethodTraits method) {
        OptionValues own = values;
        for (Option<?> option : values.written().keySet()) {
            own = option.isOf(method) ? own : own.without(option);
        }
        return recorded(own, options -> options.of(method));
    }

    /** Every option that the trained weights depend on, and the precision where it isn't float32, by name, in a fixed order; two equal maps train alike. */
    public Map<String, String> values() {
        List<Option<?>> options = new ArrayList<>(LoopOptions.OF_WEIGHTS);
        values.written().keySet().stream()
                .filter(option -> !options.contains(option) && !LoopOptions.OF_CHECKPOINTS.contains(option))
                .filter(option -> option != TuningOptions.PRECISION) // AUTO is one or the other
                .sorted(Comparator.comparing(Option::name))
                .forEach(options::add);
        Map<String, String> all = new LinkedHashMap<>(values.texts(options));
        ComputePrecision precision = ComputePrecision.of(values.written(TuningOptions.PRECISION));
        if (precision != ComputePrecision.FLOAT32) {
            all.put(TuningOptions.PRECISION.name(), precision.toString());
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrainingOptions that
                && values().equals(that.values())
                && checkpointEvery() == that.checkpointEvery()
                && Objects.equals(checkpointFolder(), that.checkpointFolder());
    }

    @Override
    public int hashCode() {
        return Objects.hash(values(), checkpointEvery(), checkpointFolder());
    }

    @Override
    public String toString() {
        return "TrainingOptions" + values();
    }
}
