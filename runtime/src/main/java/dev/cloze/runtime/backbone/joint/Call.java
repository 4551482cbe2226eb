package dev.cloze.runtime.backbone.joint;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks a joint backbone, and waits for.
 *
 * @param <R> the answer
 */
abstract class Call<R> {

    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private int place;

    /** Where who asked sits; null for one who only stands there. The meeting guards this and what follows. */
    @Nullable
    Seat seat;

    /** Whether who asked has gone on. */
    boolean over;

    /** Whether there was an answer for one who could not go on with it yet. */
    boolean kept;

    /** Its place among the calls of a round, which are answered in the order of their places. */
    final int place() {
        return place;
    }

    final void placed(int among) {
        place = among;
    }

    /** Answers; a call that has been answered stays as it was. */
    final void give(R result) {
        answer.complete(result);
    }

    /** Says why there is no answer. */
    final void fail(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /** Whether it has been answered, or the reason has been said. */
    final boolean isAnswered() {
        return answer.isDone();
    }

    /** Waits for the answer, or throws the reason why there is none. */
    final R await() {
        return result(answer);
    }

    /** All results, when all are there; or the reason why the first that is missing is. */
    static <R> List<R> results(List<CompletableFuture<R>> each) {
        each.forEach(one -> one.exceptionally(failed -> null).join());
        return each.stream().map(Call::result).toList();
    }

    private static <R> R result(CompletableFuture<R> answer) {
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
