package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Where the requests of one task are taken in and waited for.
 *
 * @param <A> the kind of answers
 * @param <R> the kind of requests
 * @param <T> what they are answered with
 */
final class Desk<A, R extends Request<T>, T> {

    private final Lane lane;
    private final TaskQueue<R> queue;
    private final Host<A, R, T> host;
    private final EngineSettings settings;
    private final ScheduledExecutorService clock;
    private final Consumer<Desk<?, ?, ?>> leaving;
    private volatile boolean closed;
    private boolean freed;

    /** @param leaving hears when it has been closed */
    Desk(
            Lane lane,
            TaskQueue<R> queue,
            Host<A, R, T> host,
            EngineSettings settings,
            ScheduledExecutorService clock,
            Consumer<Desk<?, ?, ?>> leaving) {
        this.lane = lane;
        this.queue = queue;
        this.host = host;
        this.settings = settings;
        this.clock = clock;
        this.leaving = leaving;
    }

    /** Queues a request with the deadline of the settings. */
    R submit(R request) {
        return submit(request, settings.deadline());
    }

    /** Queues a request with that deadline or none. */
    R submit(R request, Optional<Duration> deadline) {
        lane.submit(queue, List.of(request));
        deadline.ifPresent(time -> request.expire(clock, time));
        return request;
    }

    /**
     * The answers to so many requests, of which no more wait at a time than fit a batch.
     *
     * @param request makes each of them, from 0
     */
    List<T> answers(int count, IntFunction<R> request) {
        int most = Math.min(settings.rows(), settings.capacity());
        List<T> answers = new ArrayList<>(count);
        for (int from = 0; from < count; from += most) {
            List<R> some = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + most); i++) {
                some.add(request.apply(i));
            }
            lane.submit(queue, some);
            settings.deadline().ifPresent(time -> some.forEach(one -> one.expire(clock, time)));
            answers.addAll(awaitAll(some));
        }
        return answers;
    }

    private List<T> awaitAll(List<R> requests) {
        List<T> answers = new ArrayList<>(requests.size());
        try {
            for (R request : requests) {
                answers.add(await(request));
            }
            return answers;
        } finally {
            requests.forEach(request -> request.cancel(true)); // those left over where one has failed
        }
    }

    /** The answer to a request, or the reason why there is none. */
    T await(R request) {
        try {
            return request.await();
        } catch (InterruptedException e) {
            request.cancel(true);
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            if (e.getCause() instanceof Error reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** For a thread that was interrupted while it waited, and stays interrupted. */
    ClozeException interrupted() {
        Thread.currentThread().interrupt();
        return new ClozeException(
                Problem.SERVING_INTERRUPTED,
                "The thread that waited for an answer of " + queue.task() + " was interrupted.\n"
                        + "  The request has been taken back."
                        + " Nothing has to be done, unless nobody"
                        + " wanted to stop it.");
    }

    /** What the pipeline of the moment gives. */
    <U> U with(Function<A, U> use) {
        if (closed) {
            throw lane.isClosed(queue);
        }
        return host.with(use);
    }

    /** Has the pipeline of the moment do that. */
    void use(Consumer<A> what) {
        with(pipeline -> {
            what.accept(pipeline);
            return true;
        });
    }

    /** Has another pipeline answer from now on; one at a time, and none beside {@link #close}, so that each is freed once. */
    synchronized void replace(Guest<A> other) {
        if (closed) {
            throw lane.isClosed(queue);
        }
        host.replace(other);
    }

    /** Answers what waits and frees the pipeline. */
    synchronized void close() {
        if (!freed) {
            closed = true;
            lane.drain(queue);
            host.close();
            leaving.accept(this);
            freed = true;
        }
    }

    /** Refuses what waits or is being answered; it is still to be closed. */
    void reject() {
        lane.reject(queue);
    }
}
