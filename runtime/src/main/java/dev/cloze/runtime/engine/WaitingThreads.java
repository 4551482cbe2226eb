package dev.cloze.runtime.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has threads of libtorch that wait for one another sleep soon, rather than keep a core busy.
 *
 * <p>libgomp, which runs them, has a thread spin for some milliseconds before it sleeps. Beside other work, in a container or
 * a web service, that takes the very cores that the others are waited for on. It reads its environment once, when it is
 * loaded, so the number of turns is put there just before and taken away just after; unless the user has set one.
 */
public final class WaitingThreads {

    /**
     * Turns before a thread sleeps, a tenth of a millisecond or two: enough to be awake for the next operation of a layer, few
     * enough to leave a core to others. Measured with a model of 12 layers and width 384: a thousand lose a third of the speed at short
     * texts, twenty thousand gain nothing and take twice the time beside four busy processes.
     */
    static final String TURNS = "5000";

    static final String TURNS_VARIABLE = "GOMP_SPINCOUNT";
    static final String POLICY_VARIABLE = "OMP_WAIT_POLICY";

    private static final Logger LOG = LoggerFactory.getLogger(WaitingThreads.class);
    private static final Path MAPS = Path.of("/proc/self/maps");

    private static final boolean SLEEP_AT_ONCE = sleepAtOnce(System.getenv());

    private static volatile String described = "libtorch is not loaded";

    private WaitingThreads() {}

    /** What a thread does that waits, in words: known once libtorch is loaded. */
    public static String described() {
        return described;
    }

    /** Whether the user has waiting threads sleep without a turn. */
    static boolean sleepAtOnce() {
        return SLEEP_AT_ONCE;
    }

    /** The number of turns counts for more than the policy, as it does in libgomp. */
    static boolean sleepAtOnce(Map<String, String> environment) {
        String turns = environment.get(TURNS_VARIABLE);
        return turns != null
                ? turns.strip().equals("0")
                : environment.getOrDefault(POLICY_VARIABLE, "").strip().equalsIgnoreCase("passive");
    }

    /** Loads libtorch with what its threads are to do. */
    static <T> T whileLoading(Supplier<T> load) {
        if (!Files.exists(MAPS)) {
            described = "as this system has it";
            return load.get();
        }
        if (System.getenv(POLICY_VARIABLE) != null || System.getenv(TURNS_VARIABLE) != null) {
            described = "as " + POLICY_VARIABLE + " or " + TURNS_VARIABLE + " says";
            return load.get();
        }
        if (loadedFrom().isPresent()) {
            return spinning("libgomp was loaded before by other code", load);
        }
        C c;
        try {
            c = Native.load("c", C.class);
        } catch (LinkageError e) {
            return spinning("the C library cannot be called (" + e + ")", load);
        }
        c.setenv(TURNS_VARIABLE, TURNS, 1);
        try {
            T loaded = load.get();
            described = "sleep after " + TURNS + " turns";
            return loaded;
        } finally {
            c.unsetenv(TURNS_VARIABLE);
        }
    }

    private static <T> T spinning(String why, Supplier<T> load) {
        described = "spin for milliseconds, since " + why;
        LOG.warn(
                "Threads of libtorch that wait keep a core busy, since {}. On a machine that does other work, set {}=PASSIVE.",
                why,
                POLICY_VARIABLE);
        return load.get();
    }

    /** Where the OpenMP that this process has loaded was loaded from; empty while it has none, and where that can't be seen. */
    static Optional<Path> loadedFrom() {
        if (!Files.exists(MAPS)) {
            return Optional.empty();
        }
        try (Stream<String> maps = Files.lines(MAPS)) {
            return maps.filter(line -> line.contains("libgomp"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is used of the C library. */
    interface C extends Library {

        int setenv(String name, String value, int overwrite);

        int unsetenv(String name);
    }
}
