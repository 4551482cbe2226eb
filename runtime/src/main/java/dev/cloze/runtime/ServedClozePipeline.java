package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A pipeline that ranks words, served by a {@link PromptEngine} together with others; see {@link ServedPipeline}.
 *
 * @param <I> the task class
 */
public interface ServedClozePipeline<I> extends ClozePipeline<I> {

    /**
     * The words for one input in good time. Cancelling the future takes the input out of the queue.
     *
     * @throws ClozeException INPUT_NULL, SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    CompletableFuture<ClozeAnswer> predictAsync(I input);

    /** As {@link #predictAsync(Object)}, of other words; the future fails where {@link #predict(Object, List)} does. */
    CompletableFuture<ClozeAnswer> predictAsync(I input, List<String> candidates);

    /** As {@link #predictAsync(Object)}, but the future fails with {@code SERVING_DEADLINE} after that time. */
    CompletableFuture<ClozeAnswer> predictAsync(I input, Duration deadline);

    /**
     * Has another pipeline answer from now on, and closes the present one when it has answered what it is at.
     *
     * @throws ClozeException as {@link PromptEngine#add(ClozePipeline)}; the other stays the caller's then
     */
    void replace(ClozePipeline<I> other);
}
