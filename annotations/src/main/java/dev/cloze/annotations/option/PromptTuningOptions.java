package dev.cloze.annotations.option;

import dev.cloze.annotations.PromptTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The options of prompt tuning alone. Defaults: Lester et al. 2021, arXiv 2104.08691, section 3.2, but for the optimizer. */
public final class PromptTuningOptions {

    /** Virtual tokens where promptLength is not written: what that paper finds to be enough for all but small models. */
    public static final int USUAL_LENGTH = 20;

    /** What the virtual tokens start as. */
    public static final Option<PromptTuning.Start> START = Option.<PromptTuning.Start>of(
                    "start",
                    PromptTuning.Start.class,
                    PromptTuning.Start.LABEL_WORDS,
                    Range.any("LABEL_WORDS, VOCABULARY or RANDOM"),
                    "What the virtual tokens are before the first step.")
            .of(row -> row.method() == TuningMethod.PROMPT_TUNING);

    /** A text that they start as. */
    public static final Option<String> TEXT = Option.<String>of(
                    "text",
                    String.class,
                    null,
                    new Range<>("any text that is not blank", text -> !text.isBlank()),
                    "A text whose tokens the virtual tokens start as, in place of what start says.")
            .of(row -> row.method() == TuningMethod.PROMPT_TUNING);

    /** A prompt that they start as. */
    public static final Option<String> FILE = Option.<String>of(
                    "file",
                    String.class,
                    null,
                    new Range<>("a path that is not blank", path -> !path.isBlank()),
                    "A prompt of the same model that the virtual tokens start as: the folder of a saved pipeline or of"
                            + " PEFT's, or an array, `.npy`.")
            .where((path, others) -> alone(others, PromptTuningOptions.TEXT))
            .of(row -> row.method() == TuningMethod.PROMPT_TUNING);

    /** Prompts of which they start as the most similar. */
    public static final Option<String> SOURCES = Option.<String>of(
                    "sources",
                    String.class,
                    null,
                    new Range<>("a path that is not blank", path -> !path.isBlank()),
                    "A folder of such prompts of other tasks, of which the virtual tokens start as the one most"
                            + " similar to the task's own.")
            .where((path, others) -> alone(others, PromptTuningOptions.TEXT, FILE))
            .of(row -> row.method() == TuningMethod.PROMPT_TUNING);

    /** How long the task's own prompt is trained before it is compared. */
    public static final Option<Integer> SOURCE_STEPS = Option.<Integer>of(
                    "sourceSteps",
                    Integer.class,
                    100,
                    Range.between(1, 1_000_000),
                    "Steps of the task's own prompt before it is compared with those of sources.")
            .onlyIf(others -> others.isSet(SOURCES), "sources is not set, so that there is nothing to compare with.")
            .of(row -> row.method() == TuningMethod.PROMPT_TUNING);

    /** What moves them. */
    public static final Option<PromptTuning.Optimizer> OPTIMIZER = Option.<PromptTuning.Optimizer>of(
                    "optimizer",
                    PromptTuning.Optimizer.class,
                    PromptTuning.Optimizer.ADAMW,
                    Range.any("ADAMW or ADAFACTOR"),
                    "What moves the virtual tokens: AdamW at a rate that falls, or Adafactor at a constant one.")
            .of(row -> row.method() == TuningMethod.PROMPT_TUNING);

    /** How many answer together. */
    public static final Option<Integer> PROMPTS = Option.<Integer>of(
                    "prompts",
                    Integer.class,
                    1,
                    Range.between(1, 100),
                    "Prompts that are trained with a seed each and answer together, in one batch.")
            .of(PromptTuningOptions::choosesLabels);

    /** How they answer together. */
    public static final Option<PromptTuning.Vote> VOTE = Option.<PromptTuning.Vote>of(
                    "vote",
                    PromptTuning.Vote.class,
                    PromptTuning.Vote.MAJORITY,
                    Range.any("MAJORITY or PROBABILITIES"),
                    "What is made of what several prompts say: a vote of each, or the mean of their probabilities.")
            .onlyIf(others -> others.get(PROMPTS) > 1, "prompts is 1, which answers alone.")
            .of(PromptTuningOptions::choosesLabels);

    /** All of them, in the order of their page. */
    public static final List<Option<?>> ALL =
            List.of(START, TEXT, FILE, SOURCES, SOURCE_STEPS, OPTIMIZER, PROMPTS, VOTE);

    private PromptTuningOptions() {}

    private static boolean choosesLabels(MethodTraits row) {
        return row.method() == TuningMethod.PROMPT_TUNING && row.kind() == TaskKind.CLASSIFICATION;
    }

    /** Virtual tokens start as one thing. */
    private static Optional<String> alone(OptionValues others, Option<?>... starts) {
        return Arrays.stream(starts)
                .filter(others::isSet)
                .findFirst()
                .map(other -> other + " is set too, and virtual tokens start as one thing.");
    }
}
