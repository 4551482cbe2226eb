package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A pipeline that gives numbers, served by a {@link PromptEngine} together with others; see {@link ServedPipeline}.
 *
 * @param <I> the task class
 */
public interface ServedRegressionPipeline<I> extends RegressionPipeline<I> {

    /**
     * The number of one input in good time. Cancelling the future takes the input out of the queue.
     *
     * @throws ClozeException INPUT_NULL, SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    CompletableFuture<Double> predictAsync(I input);

    /** As {@link #predictAsync(Object)}, but the future fails with {@code SERVING_DEADLINE} after that time. */
    CompletableFuture<Double> predictAsync(I input, Duration deadline);

    /**
     * Has another pipeline answer from now on, and closes the present one when it has answered what it is at.
     *
     * @throws ClozeException as {@link PromptEngine#add(RegressionPipeline)}; the other stays the caller's then
     */
    void replace(RegressionPipeline<I> other);
}
