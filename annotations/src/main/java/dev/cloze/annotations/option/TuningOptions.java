package dev.cloze.annotations.option;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.Precision;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.method.Freezing;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import java.util.List;
import java.util.Optional;

/** The options that {@link Tuning} has, by the names of its members. */
public final class TuningOptions {

    /** Tokens that an input needs at least, whatever else there is. */
    public static final int FEWEST_TOKENS = 8;

    /** Peak learning rate. */
    public static final Option<Double> LEARNING_RATE = Option.<Double>of(
                    "learningRate", Double.class, null, Range.aboveZeroTo(1), "The peak learning rate.")
            .of(MethodTraits::inSteps);

    /** Examples in one optimizer step. */
    public static final Option<Integer> BATCH_SIZE = Option.<Integer>of(
                    "batchSize", Integer.class, 8, Range.between(1, 1024), "Examples in one optimizer step.")
            .of(MethodTraits::inSteps);

    /** Optimizer steps. */
    public static final Option<Integer> MAX_STEPS = Option.<Integer>of(
                    "maxSteps", Integer.class, 1000, Range.between(1, 1_000_000), "Optimizer steps.")
            .of(MethodTraits::inSteps);

    /** Tokens of an encoded input. */
    public static final Option<Integer> MAX_LENGTH = Option.of(
            "maxLength",
            Integer.class,
            null,
            Range.from(FEWEST_TOKENS).saying(FEWEST_TOKENS + " to what the model can read"),
            "Tokens an encoded input may have, special tokens included; if left out " + Tuning.USUAL_LENGTH
                    + ", with LM_BFF and IN_CONTEXT " + DemonstrationOptions.USUAL_LENGTH + ", with TF_IDF all.");

    /** Virtual tokens. */
    public static final Option<Integer> PROMPT_LENGTH = Option.<Integer>of(
                    "promptLength", Integer.class, null, Range.from(1), "Virtual tokens of a soft prompt.")
            .of(MethodTraits::choosesPromptLength);

    /** Whether the language model's weights stay as they are. */
    public static final Option<Boolean> FREEZE_BACKBONE = Option.<Boolean>of(
                    "freezeBackbone",
                    Boolean.class,
                    false,
                    Range.any("true or false"),
                    "Whether the language model's own weights stay as they are.")
            .of(row -> row.freezing() == Freezing.CHOICE);

    /** What tuning makes small. */
    public static final Option<LabelLoss> LOSS = Option.<LabelLoss>of(
                    "loss",
                    LabelLoss.class,
                    LabelLoss.CROSS_ENTROPY,
                    Range.any("CROSS_ENTROPY or HINGE"),
                    "What tuning makes small; HINGE is PET's for label words of several tokens.")
            .of(row -> row.kind() == TaskKind.CLASSIFICATION && row.readsWords() && row.inSteps());

    /** The numbers that are multiplied. */
    public static final Option<Precision> PRECISION = Option.<Precision>of(
                    "precision",
                    Precision.class,
                    Precision.FLOAT32,
                    Range.any("FLOAT32, BFLOAT16 or AUTO"),
                    "In which numbers the model's layers multiply, in training and afterwards.")
            .of(MethodTraits::hasBackbone);

    /** Paper or code. */
    public static final Option<Compat> COMPAT = Option.of(
            "compat",
            Compat.class,
            Compat.PAPER,
            Range.any("PAPER or REFERENCE"),
            "Whom to follow where a paper and its authors' code differ.");

    /** All of them, in the order of the pages. */
    public static final List<Option<?>> ALL = List.of(
            LEARNING_RATE, BATCH_SIZE, MAX_STEPS, MAX_LENGTH, PROMPT_LENGTH, FREEZE_BACKBONE, LOSS, PRECISION, COMPAT);

    private TuningOptions() {}

    /** The option of this name, if there is one. */
    public static Optional<Option<?>> named(String name) {
        return ALL.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
