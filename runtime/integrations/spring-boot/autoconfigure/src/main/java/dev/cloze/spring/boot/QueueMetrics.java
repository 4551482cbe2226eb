package dev.cloze.spring.boot;

import dev.cloze.runtime.EngineStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Gauges and counters of the queues of tasks that share a model. */
final class QueueMetrics implements MeterBinder {

    private final ClozeTasks tasks;

    QueueMetrics(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "cloze.queue.tasks", "Tasks that are served together.", EngineStatus::tasks);
        gauge(registry, "cloze.queue.waiting", "Inputs that wait.", EngineStatus::waiting);
        gauge(registry, "cloze.queue.running", "Rows of batches that are being answered.", EngineStatus::rows);
        counter(registry, "cloze.queue.answered", "Inputs that have been answered.", EngineStatus::answered);
        counter(registry, "cloze.queue.refused", "Inputs that found their queue full.", EngineStatus::refused);
        counter(registry, "cloze.queue.passes", "Batches that a model was asked.", EngineStatus::passes);
    }

    private void gauge(MeterRegistry registry, String name, String said, ToDoubleFunction<EngineStatus> number) {
        Gauge.builder(name, tasks, all -> number.applyAsDouble(all.queues()))
                .description(said)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String said, ToDoubleFunction<EngineStatus> number) {
        FunctionCounter.builder(name, tasks, all -> number.applyAsDouble(all.queues()))
                .description(said)
                .register(registry);
    }
}
