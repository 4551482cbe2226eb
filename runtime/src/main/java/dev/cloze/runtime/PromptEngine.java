package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.serving.Engine;

/**
 * Serves any number of tuned tasks from one copy of the model that they share.
 *
 * <p>What is asked of different tasks in the same moment rides in one batch: each text with its own virtual tokens or prefix,
 * each answered by its own label words, head, spans, or text. Answers are those of each pipeline alone, but for rounding. Tasks take
 * turns, so that one which is asked much makes another wait no longer than a batch; what can't be answered in time is refused.
 *
 * <pre>{@code
 * try (PromptEngine engine = PromptEngine.open()) {
 *     ServedPipeline<Review, Sentiment> reviews = engine.add(ReviewPipeline.load(folder));
 *     ServedPipeline<Ticket, Team> tickets = engine.add(TicketPipeline.load(other));
 *     reviews.predict(review);
 * }
 * }</pre>
 *
 * <p>The first pipeline brings the model; the others must share it: frozen soft methods (prompt tuning, P-tuning with a frozen
 * backbone, prefix tuning, P-tuning v2, multitask prompt tuning), examples in the context, and pipelines without training. A task
 * adds what it tuned and no copy of the model. Any number of threads can use an engine at once.
 */
public final class PromptEngine implements AutoCloseable {

    private final Engine engine;

    private PromptEngine(EngineSettings settings) {
        this.engine = new Engine(settings);
    }

    /** An engine with the usual settings, without tasks. */
    public static PromptEngine open() {
        return of(EngineSettings.defaults());
    }

    /** An engine without tasks. */
    public static PromptEngine of(EngineSettings settings) {
        return new PromptEngine(settings);
    }

    /**
     * Serves a pipeline, also while others are served, and takes it over: it is closed with what comes back, or with the engine.
     *
     * @throws ClozeException SERVING_BACKBONE where it has weights of its own or shares another model, PIPELINE_CLOSED; it stays
     *     the caller's then
     */
    public <I, L> ServedPipeline<I, L> add(PromptPipeline<I, L> pipeline) {
        return engine.add(pipeline);
    }

    /** As {@link #add(PromptPipeline)}, for a task that writes text, in batches of texts. */
    public <I> ServedTextPipeline<I> add(TextPipeline<I> pipeline) {
        return engine.add(pipeline);
    }

    /** As {@link #add(PromptPipeline)}, for a task that gives a number. */
    public <I> ServedRegressionPipeline<I> add(RegressionPipeline<I> pipeline) {
        return engine.add(pipeline);
    }

    /** As {@link #add(PromptPipeline)}, for a task that ranks words. */
    public <I> ServedClozePipeline<I> add(ClozePipeline<I> pipeline) {
        return engine.add(pipeline);
    }

    /** As {@link #add(PromptPipeline)}, for a task that labels spans of a text. */
    public <I, L> ServedExtractionPipeline<I, L> add(ExtractionPipeline<I, L> pipeline) {
        return engine.add(pipeline);
    }

    /** What it is doing and has done, for logs and dashboards. */
    public EngineStatus status() {
        return engine.status();
    }

    /**
     * Refuses what waits or is being answered with {@code PIPELINE_CLOSED}, and frees all native memory of its pipelines.
     */
    public void closeNow() {
        engine.reject();
    }

    /** Refuses what comes later, answers what has been asked, and frees all; a second call does nothing. */
    @Override
    public void close() {
        engine.close();
    }
}
