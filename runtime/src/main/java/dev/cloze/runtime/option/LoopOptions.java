package dev.cloze.runtime.option;

import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.Range;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.TrainingOptions.Schedule;
import java.nio.file.Path;
import java.util.List;

/** The options of a training that no annotation has. Defaults: Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 3. */
public final class LoopOptions {

    private static final int MANY = 1_000_000;

    /** Micro-batches of a step. */
    public static final Option<Integer> ACCUMULATION = Option.within(
            "accumulation",
            Integer.class,
            1,
            others -> Range.between(1, others.get(TuningOptions.BATCH_SIZE)).now("1 to batchSize"),
            "Micro-batches a step's examples are divided into.");

    /** Steps of the warm-up. */
    public static final Option<Integer> WARMUP_STEPS = Option.within(
            "warmupSteps",
            Integer.class,
            0,
            others -> Range.between(0, others.get(TuningOptions.MAX_STEPS)).now("0 to maxSteps"),
            "Steps in which the learning rate rises from zero to its peak.");

    /** The learning rate after the warm-up. */
    public static final Option<Schedule> SCHEDULE = Option.of(
            "schedule",
            Schedule.class,
            Schedule.LINEAR,
            Range.any("LINEAR, CONSTANT or COSINE"),
            "What becomes of the learning rate after the warm-up.");

    /** AdamW's weight decay. */
    public static final Option<Double> WEIGHT_DECAY =
            Option.of("weightDecay", Double.class, 0.0, Range.between(0.0, 1.0), "AdamW's decoupled weight decay.");

    /** AdamW's first decay. */
    public static final Option<Double> BETA1 =
            Option.of("beta1", Double.class, 0.9, Range.zeroToBelow(1), "AdamW's decay of the mean gradient.");

    /** AdamW's second decay. */
    public static final Option<Double> BETA2 = Option.of(
            "beta2", Double.class, 0.999, Range.zeroToBelow(1), "AdamW's decay of the mean squared gradient.");

    /** AdamW's epsilon. */
    public static final Option<Double> EPSILON =
            Option.of("epsilon", Double.class, 1e-8, Range.aboveZeroTo(1), "AdamW's epsilon.");

    /** The norm of all gradients. */
    public static final Option<Double> CLIP_NORM = Option.of(
            "clipNorm",
            Double.class,
            1.0,
            Range.between(0.0, 1e6),
            "The L2 norm that all gradients together are shortened to; 0 leaves them as they are.");

    /** Steps between evaluations. */
    public static final Option<Integer> EVALUATE_EVERY = Option.of(
            "evaluateEvery",
            Integer.class,
            100,
            Range.between(0, MANY),
            "Steps between two evaluations on the development set; 0 makes none.");

    /** Evaluations without a better score. */
    public static final Option<Integer> PATIENCE = Option.of(
            "patience",
            Integer.class,
            0,
            Range.between(0, MANY),
            "Evaluations in a row without a better score that end the training; 0 never ends it.");

    /** The seed. */
    public static final Option<Long> SEED = Option.of(
            "seed",
            Long.class,
            42L,
            Range.any("any whole number"),
            "What the order of examples, dropout and new weights follow from.");

    /** Where checkpoints are written. */
    public static final Option<Path> CHECKPOINT_FOLDER = Option.of(
            "checkpointFolder", Path.class, null, Range.any("a folder"), "The folder checkpoints are written to.");

    /** Steps between checkpoints. */
    public static final Option<Integer> CHECKPOINT_EVERY = Option.of(
            "checkpointEvery",
            Integer.class,
            100,
            Range.between(1, MANY),
            "Steps between two checkpoints; where nobody sets it, no more than a quarter of maxSteps.");

    /** What the trained weights depend on, with the options an annotation can have, in a fixed order. */
    public static final List<Option<?>> OF_WEIGHTS = List.of(
            TuningOptions.LEARNING_RATE,
            TuningOptions.BATCH_SIZE,
            ACCUMULATION,
            TuningOptions.MAX_STEPS,
            WARMUP_STEPS,
            SCHEDULE,
            WEIGHT_DECAY,
            BETA1,
            BETA2,
            EPSILON,
            CLIP_NORM,
            EVALUATE_EVERY,
            PATIENCE,
            SEED,
            TuningOptions.COMPAT);

    /** What no weight depends on. */
    public static final List<Option<?>> OF_CHECKPOINTS = List.of(CHECKPOINT_FOLDER, CHECKPOINT_EVERY);

    private LoopOptions() {}
}
