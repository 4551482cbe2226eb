package dev.cloze.cli.serve.task;

import dev.cloze.cli.serve.http.Refused;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Gathers what is asked of something that no {@code PromptEngine} serves, such as a pipeline with weights of its own, by the
 * same settings: batches of inputs that wait, a bound to how many may, a deadline.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
final class AloneQueue<I, O> implements AutoCloseable {

    private final String name;
    private final EngineSettings settings;
    private final BlockingQueue<Waiting<I, O>> waiting;
    private final Function<List<I>, List<O>> answering;
    private final Thread thread;
    private boolean closed;

    private record Waiting<I, O>(I input, CompletableFuture<O> answer) {}

    /** Starts to answer lists of inputs so. */
    AloneQueue(String name, EngineSettings settings, Function<List<I>, List<O>> answering) {
        this.name = name;
        this.settings = settings;
        this.waiting = new ArrayBlockingQueue<>(settings.capacity());
        this.answering = answering;
        this.thread = new Thread(this::work, "cloze-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The answer in time. */
    CompletableFuture<O> ask(I input) {
        Waiting<I, O> one = new Waiting<>(input, new CompletableFuture<>());
        synchronized (this) {
            if (closed) {
                throw new ClozeException(
                        Problem.PIPELINE_CLOSED, "What answers for " + name + " has been closed.\n  Ask again.");
            }
            if (!waiting.offer(one)) {
                throw Refused.overloaded(settings.capacity() + " inputs of " + name
                        + " wait already, and no more may.\n  Ask again later, or less at once.");
            }
        }
        settings.deadline().ifPresent(time -> one.answer().orTimeout(time.toNanos(), TimeUnit.NANOSECONDS));
        return one.answer().exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)));
    }

    private Throwable told(Throwable failure) {
        return failure instanceof TimeoutException
                ? new ClozeException(
                        Problem.SERVING_DEADLINE,
                        "No answer was there after "
                                + settings.deadline().map(Duration::toMillis).orElse(0L)
                                + " ms, which is the request's deadline.\n  Ask again later, or less at once.")
                : failure;
    }

    /** How many wait. */
    int size() {
        return waiting.size();
    }

    private void work() {
        try {
            while (true) {
                Waiting<I, O> first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    answer(gathered(first));
                } else if (isClosed()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts it, but who does wants it to end
        }
    }

    private List<Waiting<I, O>> gathered(Waiting<I, O> first) {
        List<Waiting<I, O>> batch = new ArrayList<>(List.of(first));
        waiting.drainTo(batch, settings.rows() - 1);
        batch.removeIf(one -> one.answer().isDone());
        return batch;
    }

    /** All together; where that fails each alone, so that none fails for another's sake. */
    private void answer(List<Waiting<I, O>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            List<O> answers = answering.apply(batch.stream().map(Waiting::input).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                batch.get(0).answer().completeExceptionally(e);
            } else {
                batch.forEach(one -> answer(List.of(one)));
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Refuses what comes later, and answers what has been asked. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what has been asked is answered all the same
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
