package dev.cloze.runtime.backbone.joint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What somebody asks a joint backbone, and waits for.
 *
 * @param <R> the answer
 */
abstract class Call<R> {

    private final CompletableFuture<R> answer = new CompletableFuture<>();

    /** Answers; a call that has been answered stays as it was. */
    final void give(R result) {
        answer.complete(result);
    }

    /** Says why there is no answer. */
    final void fail(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /** Waits for the answer, or throws the reason why there is none. */
    final R await() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            if (e.getCause() instanceof Error reason) {
                throw reason;
            }
            throw e;
        }
    }
}
