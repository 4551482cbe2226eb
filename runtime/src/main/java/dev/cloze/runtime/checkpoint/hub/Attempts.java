package dev.cloze.runtime.checkpoint.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries something again after a pause, as long as there is hope and patience. */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** Something that can fail for the moment. */
    interface Step<T> {
        T run() throws IOException;
    }

    private final Patience patience;
    private final HubProblems problems;
    private int failures;
    private long furthest;

    Attempts(Patience patience, HubProblems problems) {
        this.patience = patience;
        this.problems = problems;
    }

    /** The step's result; MODEL_DOWNLOAD_FAILED if it fails too often. */
    <T> T run(Step<T> step) {
        while (true) {
            try {
                return step.run();
            } catch (InterruptedIOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw problems.failed(e);
                }
                pauseAfter(e);
            } catch (IOException e) {
                pauseAfter(e);
            }
        }
    }

    /** So much was there before. */
    void startAt(long position) {
        furthest = position;
    }

    /** Patience starts anew when something has come a good deal further than ever; not when it only repeats itself. */
    void progressed(long position) {
        if (position - furthest >= patience.progress()) {
            furthest = position;
            failures = 0;
        }
    }

    private void pauseAfter(IOException failure) {
        failures++;
        Duration pause = patience.pauseAfter(failures);
        if (failure instanceof TryAgain answer && answer.after().isPresent()) {
            pause = answer.after().get();
        }
        if (failures >= patience.tries()
                || ConnectionFailure.isHopeless(failure)
                || pause.compareTo(patience.longestPause()) > 0) {
            throw problems.failed(failure);
        }
        LOG.warn("{}; trying again in {} s", problems.describe(failure), pause.toMillis() / 1000.0);
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problems.failed(failure);
        }
    }
}
