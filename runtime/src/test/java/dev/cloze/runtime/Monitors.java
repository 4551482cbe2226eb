package dev.cloze.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a thread holds others up by: on Java 21 to 23 a virtual thread that waits for a monitor keeps its carrier waiting too. */
public final class Monitors {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Monitors() {}

    /** The classes in whose methods a thread has taken monitors that it holds at the moment. */
    public static Set<String> heldBy(Thread thread) {
        ThreadInfo info = THREADS.getThreadInfo(new long[] {thread.getId()}, true, false)[0];
        return info == null
                ? Set.of()
                : Arrays.stream(info.getLockedMonitors())
                        .map(monitor -> monitor.getLockedStackFrame().getClassName())
                        .collect(Collectors.toSet());
    }

    /**
     * What was seen of some work.
     *
     * @param working the classes whose methods it was in
     * @param held those in whose methods it held monitors
     */
    public record Seen(Set<String> working, Set<String> held) {}

    /** Looks at a thread that does some work for as long as it does. */
    public static Seen during(Runnable work) throws InterruptedException {
        Seen seen = new Seen(new TreeSet<>(), new TreeSet<>());
        Thread thread = new Thread(work, "watched");
        thread.start();
        while (thread.isAlive()) {
            Arrays.stream(thread.getStackTrace()).forEach(frame -> seen.working.add(frame.getClassName()));
            seen.held.addAll(heldBy(thread));
        }
        thread.join();
        return seen;
    }
}
