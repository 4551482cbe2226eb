package dev.cloze.runtime.workbench;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.joint.DaemonThreads;
import dev.cloze.runtime.workbench.request.Refused;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Work that one thread does in turn, of which a few wait; what nobody wants any more is passed over. */
final class OneByOne implements AutoCloseable {

    private final ThreadPoolExecutor thread;
    private final int most;
    private final Duration deadline;

    OneByOne(int most, Duration deadline) {
        this.most = most;
        this.deadline = deadline;
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(most), DaemonThreads.named("workbench"));
    }

    /**
     * The result in time; who cancels it takes it out of the queue.
     *
     * @throws ClozeException SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    <T> CompletableFuture<T> ask(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable turn = () -> run(work, result);
        try {
            thread.execute(turn);
        } catch (RejectedExecutionException e) {
            throw thread.isShutdown() ? closed() : full();
        }
        CompletableFuture<T> inTime = result.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)));
        var unused = inTime.whenComplete((found, failure) -> {
            if (failure != null) {
                result.cancel(false); // nothing where it was there
                thread.remove(turn);
            }
        });
        return inTime;
    }

    private static <T> void run(Supplier<T> work, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private Refused full() {
        return Refused.overloaded(
                most + " questions wait already, and no more may.\n  Ask again later, or less at once.");
    }

    static ClozeException closed() {
        return new ClozeException(
                Problem.PIPELINE_CLOSED, "What templates are tried on has been closed.\n  Ask before that.");
    }

    private Throwable told(Throwable failure) {
        return failure instanceof TimeoutException
                ? new ClozeException(
                        Problem.SERVING_DEADLINE,
                        "No answer was there after " + deadline.toMillis()
                                + " ms, which is the request's deadline.\n  Ask again later, or less at once.")
                : failure;
    }

    /** Refuses what comes later, and does what has been asked. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true; // a model that computes is not freed
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
