package dev.cloze.annotations.option;

import dev.cloze.annotations.TuningMethod;
import java.util.List;

/** The options of multitask prompt tuning alone. Defaults: Wang et al. 2023, arXiv 2303.02861. */
public final class MultitaskOptions {

    /** How many virtual tokens there are where nobody says it. */
    public static final int USUAL_LENGTH = 20;

    /** How much faster than the shared prompt a task's own matrix is, where nobody says it; PEFT has one rate for both. */
    public static final double USUAL_FASTER = 4.0 / 3;

    /** What other tasks taught the shared prompt. */
    public static final Option<String> SOURCE = Option.<String>of(
                    "source",
                    String.class,
                    null,
                    new Range<>("a path that is not blank", path -> !path.isBlank()),
                    "The folder of a shared prompt of the same model, trained on other tasks, that training starts from.")
            .of(row -> row.method() == TuningMethod.MULTITASK_PROMPT_TUNING);

    /** Which of these tasks is nearest. */
    public static final Option<String> SOURCE_TASK = Option.<String>of(
                    "sourceTask",
                    String.class,
                    null,
                    new Range<>("a name or a number from 0", task -> !task.isBlank()),
                    "The task of source, by name or number, whose matrix the task's own starts as in place of the mean of all.")
            .onlyIf(others -> others.isSet(SOURCE), "it is a task of source, which is not set.")
            .of(row -> row.method() == TuningMethod.MULTITASK_PROMPT_TUNING);

    /** The rank of a task's own matrix. */
    public static final Option<Integer> RANK = Option.<Integer>of(
                    "rank",
                    Integer.class,
                    null,
                    Range.between(1, 1024),
                    "The rank of the task's own matrix, which the shared prompt is multiplied by; the source's, or 1.")
            .of(row -> row.method() == TuningMethod.MULTITASK_PROMPT_TUNING);

    /** The rate of a task's own matrix. */
    public static final Option<Double> TASK_LEARNING_RATE = Option.<Double>of(
                    "taskLearningRate",
                    Double.class,
                    null,
                    Range.aboveZeroTo(1),
                    "The peak learning rate of the task's own matrix; 4/3 of learningRate, the shared prompt's.")
            .of(row -> row.method() == TuningMethod.MULTITASK_PROMPT_TUNING);

    /** All of them, in the order of their page. */
    public static final List<Option<?>> ALL = List.of(SOURCE, SOURCE_TASK, RANK, TASK_LEARNING_RATE);

    private MultitaskOptions() {}
}
