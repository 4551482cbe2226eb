package dev.cloze.runtime.engine;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets as many large calls of a process be at work at once as it has processors, whoever makes them; the others wait, in the order
 * they came.
 *
 * <p>More at once are no faster together, each of them takes longer, and all have their activations in memory, up to a few hundred
 * megabytes a call. Small calls go on beside them: for them, waiting for a turn costs more than sharing does.
 */
public final class LargeWork {

    /**
     * Tokens of a call that is large: of small ones, a third of a service's speed was lost by taking turns, with a model of two layers
     * and width 128.
     */
    private static final int MANY_TOKENS = 512;

    private static final LargeWork OF_ALL = new LargeWork(Runtime.getRuntime().availableProcessors());

    private final Semaphore turns;

    LargeWork(int atOnce) {
        this.turns = new Semaphore(atOnce, true);
    }

    /**
     * Makes a call, when its turn has come if it is large; an interrupt waits until it is over.
     *
     * @param tokens how many it reads, padding included
     */
    public static <T> T of(long tokens, Supplier<T> call) {
        return OF_ALL.made(tokens, call);
    }

    <T> T made(long tokens, Supplier<T> call) {
        if (tokens <= MANY_TOKENS) {
            return call.get();
        }
        turns.acquireUninterruptibly();
        try {
            return call.get();
        } finally {
            turns.release();
        }
    }
}
