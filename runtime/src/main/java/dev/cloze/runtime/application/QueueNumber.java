package dev.cloze.runtime.application;

import dev.cloze.runtime.EngineStatus;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What metrics tell of the queues of tasks that share a model: sums over all models. */
public enum QueueNumber {
    TASKS(false, "Tasks that are served together.", EngineStatus::tasks),
    WAITING(false, "Inputs that wait.", EngineStatus::waiting),
    RUNNING(false, "Rows of batches that are being answered.", EngineStatus::rows),
    ANSWERED(true, "Inputs that have been answered.", EngineStatus::answered),
    REFUSED(true, "Inputs that found their queue full.", EngineStatus::refused),
    PASSES(true, "Batches that a model was asked.", EngineStatus::passes);

    private final boolean counted;
    private final String description;
    private final ToDoubleFunction<EngineStatus> number;

    QueueNumber(boolean counted, String description, ToDoubleFunction<EngineStatus> number) {
        this.counted = counted;
        this.description = description;
        this.number = number;
    }

    /** The name of its metric, such as {@code cloze.queue.waiting}. */
    public String metric() {
        return "cloze.queue." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether it only grows. */
    public boolean counted() {
        return counted;
    }

    /** What it tells, for people. */
    public String description() {
        return description;
    }

    /** The number at the moment. */
    public double of(ClozeTasks tasks) {
        return number.applyAsDouble(tasks.queues());
    }
}
