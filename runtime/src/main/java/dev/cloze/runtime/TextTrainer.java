package dev.cloze.runtime;

import dev.cloze.runtime.spi.TextTask;

/**
 * Tunes a pipeline on pairs of inputs and texts by the task's method.
 *
 * @param <I> the task class
 */
public final class TextTrainer<I> {

    private final TextTask<I> task;

    private TextTrainer(TextTask<I> task) {
        this.task = task;
    }

    /** A trainer of this task; generated code calls this. */
    public static <I> TextTrainer<I> of(TextTask<I> task) {
        return new TextTrainer<>(task);
    }

    /** The task it tunes for. */
    TextTask<I> task() {
        return task;
    }
}
