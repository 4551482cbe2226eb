package dev.cloze.cli.serve.route;

import dev.cloze.runtime.workbench.request.Refused;
import java.util.concurrent.Semaphore;

/** How many streams are answered at once: each holds a thread as long as it lasts. */
final class Streams {

    private final Semaphore free;
    private final int most;

    Streams(int most) {
        this.free = new Semaphore(most);
        this.most = most;
    }

    /** Work that fails or ends. */
    interface Work {
        void run() throws Exception;
    }

    /** Does the work of a stream; {@link Refused} at once where as many are open as may be. */
    void run(Work work) throws Exception {
        if (!free.tryAcquire()) {
            throw Refused.overloaded(
                    most + " streams are open already, and no more may.\n  Ask again later, or have the"
                            + " server started with more --streams.");
        }
        try {
            work.run();
        } finally {
            free.release();
        }
    }
}
