package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A pipeline that a {@link PromptEngine} serves together with others; to be used like any. Closing it answers what was asked
 * of it and takes the task from the engine.
 *
 * <p>All its calls also throw {@code SERVING_OVERLOADED} where more wait than the engine's settings allow, {@code
 * SERVING_DEADLINE} where these name one that passed, and {@code SERVING_INTERRUPTED} where the waiting thread was interrupted.
 * Evaluation and saving are done by themselves, not from the queue.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public interface ServedPipeline<I, L> extends PromptPipeline<I, L> {

    /**
     * Classifies one input in good time. Cancelling the future takes the input out of the queue.
     *
     * <p>The future fails with what {@link #predict(Object)} throws; what depends on it runs in a thread of the engine, which it
     * should not keep.
     *
     * @throws ClozeException INPUT_NULL, SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    CompletableFuture<Prediction<L>> predictAsync(I input);

    /** As {@link #predictAsync(Object)}, but the future fails with {@code SERVING_DEADLINE} after that time. */
    CompletableFuture<Prediction<L>> predictAsync(I input, Duration deadline);

    /**
     * Has another pipeline answer from now on, such as one that was tuned anew, and closes the present one when it has answered
     * what it is at.
     *
     * @throws ClozeException as {@link PromptEngine#add(PromptPipeline)}; the other stays the caller's then
     */
    void replace(PromptPipeline<I, L> other);
}
