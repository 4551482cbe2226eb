package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An extraction that applications and servers ask through a queue; to be used like any. As {@link ServedPipeline} says, its calls also
 * throw {@code SERVING_OVERLOADED}, {@code SERVING_DEADLINE} and {@code SERVING_INTERRUPTED}.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public interface ServedExtractionPipeline<I, L> extends ExtractionPipeline<I, L> {

    /**
     * Finds the spans of one input in good time. Cancelling the future takes the input out of the queue.
     *
     * @throws ClozeException INPUT_NULL, SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    CompletableFuture<List<FoundSpan<L>>> extractAsync(I input);

    /** As {@link #extractAsync(Object)}, but the future fails with {@code SERVING_DEADLINE} after that time. */
    CompletableFuture<List<FoundSpan<L>>> extractAsync(I input, Duration deadline);
}
