package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ClozeTasks;
import org.springframework.context.SmartLifecycle;

/**
 * Stops the tasks once the web server has let its last request go, and answers what they have been asked before; in the time that
 * {@code spring.lifecycle.timeout-per-shutdown-phase} gives.
 */
final class ClozeLifecycle implements SmartLifecycle {

    /** Below that of the web server's stop, which is {@code DEFAULT_PHASE - 2048}: what starts last stops first. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private final ClozeTasks tasks;
    private volatile boolean running;

    ClozeLifecycle(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        tasks.drain();
    }

    @Override
    public void stop(Runnable callback) {
        Thread draining = new Thread(
                () -> {
                    try {
                        stop();
                    } finally {
                        callback.run();
                    }
                },
                "cloze-stop");
        draining.setDaemon(true);
        draining.start();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What has been drained can't be started again, as a context is that tests share and Spring pauses between them. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
