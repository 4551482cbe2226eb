package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An extraction, served by a {@link PromptEngine} together with others; see {@link ServedPipeline}.
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

    /**
     * Has another pipeline answer from now on, and closes the present one when it has answered what it is at.
     *
     * @throws ClozeException as {@link PromptEngine#add(ExtractionPipeline)}; the other stays the caller's then
     */
    void replace(ExtractionPipeline<I, L> other);
}
