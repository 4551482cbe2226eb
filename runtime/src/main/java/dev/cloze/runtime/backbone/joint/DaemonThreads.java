package dev.cloze.runtime.backbone.joint;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the JVM from ending. */
public final class DaemonThreads {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private DaemonThreads() {}

    /** Threads of that name and a number. */
    public static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, "cloze-" + name + "-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
