package dev.cloze.spring.boot;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a bean asks of its task's pipeline, each call observed as {@code cloze.predict}: a timer and a span from one source.
 *
 * @param <P> the pipeline's interface
 */
final class Predictions<P extends AutoCloseable> {

    static final String NAME = "cloze.predict";

    private final TaskPipeline<P> task;
    private final Supplier<ObservationRegistry> registry;
    private final KeyValues tags;

    Predictions(TaskPipeline<P> task, Supplier<ObservationRegistry> registry) {
        this.task = task;
        this.registry = registry;
        this.tags =
                KeyValues.of("task", task.status().name(), "kind", task.status().kind());
    }

    /** One call for so many inputs. */
    <T> T observed(int inputs, Function<P, T> use) {
        return Observation.createNotStarted(NAME, registry.get())
                .contextualName(NAME + " " + task.task().name())
                .lowCardinalityKeyValues(tags)
                .highCardinalityKeyValue("inputs", Integer.toString(inputs))
                .observe(() -> task.with(use));
    }

    /** A call that is no prediction. */
    <T> T with(Function<P, T> use) {
        return task.with(use);
    }

    void close() {
        task.close();
    }
}
