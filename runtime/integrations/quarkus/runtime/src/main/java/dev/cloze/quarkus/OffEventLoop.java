package dev.cloze.quarkus;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.application.Calls;
import io.quarkus.runtime.BlockingOperationControl;
import java.util.function.Supplier;

/**
 * Refuses calls on an event loop, which could serve nobody else while a model computes.
 *
 * @param calls what is done around the others
 */
record OffEventLoop(Calls calls) implements Calls {

    @Override
    public <T> T prediction(Asked asked, int inputs, Supplier<T> call) {
        require(asked);
        return calls.prediction(asked, inputs, call);
    }

    @Override
    public <T> T other(Asked asked, Supplier<T> call) {
        require(asked);
        return calls.other(asked, call);
    }

    private static void require(Asked asked) {
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new ClozeException(
                    Problem.EVENT_LOOP,
                    "The pipeline of the task " + asked.name() + " was asked on the event loop "
                            + Thread.currentThread().getName() + ".\n"
                            + "  A model computes for milliseconds to seconds, in which that thread could serve nobody"
                            + " else.\n"
                            + "  Annotate the method that asks with @Blocking, or on Java 21 with @RunOnVirtualThread;"
                            + " or hand the call to a worker:\n"
                            + "  Uni.createFrom().item(() ->"
                            + " pipeline.predict(input)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).");
        }
    }
}
