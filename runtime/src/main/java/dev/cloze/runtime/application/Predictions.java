package dev.cloze.runtime.application;

import dev.cloze.runtime.application.Calls.Asked;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a bean asks of its task's pipeline, with what the framework does around each call.
 *
 * @param <P> the pipeline's interface
 */
final class Predictions<P extends AutoCloseable> {

    private final TaskPipeline<P> task;
    private final Calls calls;
    private final Asked asked;

    Predictions(TaskPipeline<P> task, Calls calls) {
        this.task = task;
        this.calls = calls;
        this.asked = new Asked(task.task().name(), task.task().declared().kind());
    }

    /** One prediction for so many inputs. */
    <T> T observed(int inputs, Function<P, T> use) {
        return calls.prediction(asked, inputs, () -> task.with(use));
    }

    /** A call that is no prediction. */
    <T> T with(Function<P, T> use) {
        return calls.other(asked, () -> task.with(use));
    }

    /** A call that gives nothing. */
    void use(Consumer<P> what) {
        with(pipeline -> {
            what.accept(pipeline);
            return true;
        });
    }

    void close() {
        task.close();
    }
}
