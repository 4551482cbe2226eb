package dev.cloze.runtime;

/**
 * What a {@link PromptEngine} is doing and has done since it was opened.
 *
 * @param tasks how many it serves
 * @param waiting inputs in its queues
 * @param rows of a batch that are being answered
 * @param answered inputs that have been answered, or whose answer failed
 * @param refused inputs that found their queue full
 * @param passes batches that the model was asked, each token that texts go on by counted too: fewer than inputs, where they
 *     ride together
 */
public record EngineStatus(int tasks, int waiting, int rows, long answered, long refused, long passes) {}
