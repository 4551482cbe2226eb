package dev.cloze.runtime.application;

import dev.cloze.runtime.backbone.joint.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what stops, but not for ever: once the JVM has been asked to end, what a model still computes may wait for its end, and the
 * JVM for whoever waits for that.
 */
public final class Stopping {

    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    /** How long a model that still computes is waited for when all is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Stopping() {}

    /** Has what was asked answered, in that time; what has not been by then is to be refused. */
    public static void answered(Duration time, Runnable draining) {
        if (!within(time, draining)) {
            LOG.warn("Not all that has been asked was answered within {} s; the rest is refused.", time.toSeconds());
        }
    }

    /** Has memory freed; what a model still computes after a few seconds is left to end by itself. */
    public static void freed(Runnable freeing) {
        if (!within(PATIENCE, freeing)) {
            LOG.warn("A model still computes; its memory is freed when it has ended.");
        }
    }

    /** Whether it has ended in that time; it goes on where it has not. */
    private static boolean within(Duration time, Runnable work) {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        DaemonThreads.named("stop").newThread(task).start();
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
}
