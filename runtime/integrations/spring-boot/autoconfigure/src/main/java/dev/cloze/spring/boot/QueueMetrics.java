package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.QueueNumber;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Gauges and counters of the queues of tasks that share a model. */
final class QueueMetrics implements MeterBinder {

    private final ClozeTasks tasks;

    QueueMetrics(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (QueueNumber number : QueueNumber.values()) {
            if (number.counted()) {
                FunctionCounter.builder(number.metric(), tasks, number::of)
                        .description(number.description())
                        .register(registry);
            } else {
                Gauge.builder(number.metric(), tasks, number::of)
                        .description(number.description())
                        .register(registry);
            }
        }
    }
}
