package dev.cloze.runtime.serving;

import java.util.function.Supplier;

/**
 * A pipeline at the engine.
 *
 * @param answers of its own, asked of the engine's joint backbone
 * @param inside runs work as long as the pipeline is open
 * @param close frees the pipeline, when nobody is inside any more
 * @param <A> the kind of answers
 */
record Guest<A>(A answers, Inside inside, Runnable close) {

    /** A pipeline's gate. */
    interface Inside {
        <T> T run(Supplier<T> work);
    }
}
