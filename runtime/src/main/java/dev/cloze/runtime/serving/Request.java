package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An input that waits for its answer. Whoever completes it early, by cancelling it or because its time is over, takes it out of
 * the queue.
 *
 * @param <T> the answer
 */
class Request<T> extends CompletableFuture<T> {

    private final Map<String, String> values;
    private final int rows;
    private final AtomicInteger own = new AtomicInteger();
    private volatile boolean kept;

    /**
     * An input that nobody has queued yet.
     *
     * @param values the text of every placeholder by path
     * @param rows of a batch that it takes
     */
    Request(Map<String, String> values, int rows) {
        this.values = values;
        this.rows = rows;
    }

    final Map<String, String> values() {
        return values;
    }

    final int rows() {
        return rows;
    }

    /** Has that done when it is complete, which is the engine's own and soon done. */
    final void then(Runnable what) {
        own.incrementAndGet();
        var unused = whenComplete((result, error) -> what.run());
    }

    /** Waits for the answer where no user has this request in hand. */
    final T await() throws InterruptedException, ExecutionException {
        kept = true;
        return get();
    }

    /** Whether code of users may run when it is completed. */
    final boolean isFollowed() {
        return !kept && getNumberOfDependents() > own.get();
    }

    /** Fails with {@code SERVING_DEADLINE} unless it is answered in that time. */
    final void expire(ScheduledExecutorService clock, Duration time) {
        ScheduledFuture<?> end =
                clock.schedule(() -> completeExceptionally(tooLate(time)), nanos(time), TimeUnit.NANOSECONDS);
        then(() -> end.cancel(false));
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE / 2; // 146 years
        }
    }

    private static ClozeException tooLate(Duration time) {
        return new ClozeException(
                Problem.SERVING_DEADLINE,
                "No answer was there after " + time.toMillis() + " ms, which is the request's deadline.\n"
                        + "  It waited for others or takes longer than that; it"
                        + " is not worked on any more.\n"
                        + "  Ask less at once, allow more time, or lower the"
                        + " capacity, so that what comes too late is refused at"
                        + " once.");
    }
}
