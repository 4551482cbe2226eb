package dev.cloze.runtime.training;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** File work that an interrupt, which closes the channel a thread is using, doesn't cut short. */
final class Uninterrupted {

    private Uninterrupted() {}

    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work, again if an interrupt cut it short; the thread is interrupted afterwards if it was meanwhile. */
    static <T> T call(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
