package dev.cloze.cli.serve.http;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what was asked by clients that have hung up since: nobody else would leave the queue for them. */
public final class HangUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HangUps.class);

    private static final long EVERY_MILLIS = 100;

    private final Queue<Asked> all = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cloze-hang-ups");
        thread.setDaemon(true);
        return thread;
    });

    private record Asked(WatchedConnection connection, CompletableFuture<?> answer) {}

    /** Looks from now on. */
    public HangUps() {
        var unused = clock.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Cancels the answer where the client hangs up before it is there; its request has been read. */
    void watch(Request request, CompletableFuture<?> answer) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        if (connection instanceof WatchedConnection watched && !answer.isDone()) {
            all.add(new Asked(watched, answer));
        }
    }

    /** What is thrown here would end all looks. */
    private void look() {
        try {
            lookAtAll();
        } catch (RuntimeException | Error e) {
            LOG.error("Clients could not be looked at; they will be again.", e);
        }
    }

    private void lookAtAll() {
        all.removeIf(asked -> asked.answer().isDone());
        for (Asked asked : all) {
            if (!asked.answer().isDone() && asked.connection().isHungUp()) {
                asked.answer().cancel(true);
            }
        }
    }

    /** Looks no more. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
