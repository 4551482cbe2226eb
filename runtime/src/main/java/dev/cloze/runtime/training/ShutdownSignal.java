package dev.cloze.runtime.training;

import dev.cloze.runtime.engine.NativeCalls;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a training that the JVM was asked to end (Ctrl-C, SIGTERM), and holds the JVM until it has written its last
 * checkpoint, for at most {@link #PATIENCE}.
 */
final class ShutdownSignal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::holdUntilEnded, "cloze-last-checkpoint");
    private final NativeCalls.Finishing finishing = NativeCalls.finishing();
    private volatile boolean requested;

    ShutdownSignal() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            requested = true;
        }
    }

    boolean requested() {
        return requested;
    }

    private void holdUntilEnded() {
        requested = true;
        try {
            boolean inTime = ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("The training's step took too long; its last regular checkpoint stands.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        finishing.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is running, and has just been released.
        }
    }
}
