package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A pipeline that writes texts, served by a {@link PromptEngine} together with others; see {@link ServedPipeline}.
 *
 * <p>Texts of different tasks and options are written together, token by token. A listener hears its text in the thread that
 * asked.
 *
 * @param <I> the task class
 */
public interface ServedTextPipeline<I> extends TextPipeline<I> {

    @Override
    ServedTextPipeline<I> withOptions(UnaryOperator<GenerationOptions> change);

    /**
     * Writes the texts of one input in good time, as {@link #generateAll(Object)} does. Cancelling the future takes the input
     * out of the queue, or ends its text and frees what that takes.
     *
     * @throws ClozeException INPUT_NULL, SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    CompletableFuture<List<Generated>> generateAsync(I input);

    /** As {@link #generateAsync(Object)}, but the future fails with {@code SERVING_DEADLINE} after that time. */
    CompletableFuture<List<Generated>> generateAsync(I input, Duration deadline);

    /**
     * Has another pipeline write from now on, and closes the present one when it has written what it is at.
     *
     * @throws ClozeException as {@link PromptEngine#add(TextPipeline)}; the other stays the caller's then
     */
    void replace(TextPipeline<I> other);
}
