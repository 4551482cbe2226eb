package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link PromptEngine} gathers what it is asked: an unchangeable value that starts at {@link #defaults()}.
 *
 * @param rows texts that are answered together at most, 1 to 1024. More are answered faster each, and each waits longer
 * @param gathering how long an input waits for others before it is answered with fewer than that, 0 to one minute
 * @param capacity inputs of each task that may wait, 1 to 1,000,000; more are refused with {@code ServingOverloaded}
 * @param deadline how long an input may take from when it is given to its answer; empty for as long as it takes
 */
public record EngineSettings(int rows, Duration gathering, int capacity, Optional<Duration> deadline) {

    private static final Duration MOST_WAIT = Duration.ofMinutes(1);

    /** Refuses what is out of its range: {@code SERVING_SETTING}. */
    public EngineSettings {
        require(rows >= 1 && rows <= 1024, "rows = " + rows + " is not 1 to 1024.");
        require(
                !gathering.isNegative() && gathering.compareTo(MOST_WAIT) <= 0,
                "gathering = " + gathering + " is not 0 to one minute.");
        require(capacity >= 1 && capacity <= 1_000_000, "capacity = " + capacity + " is not 1 to 1,000,000.");
        require(
                deadline.isEmpty()
                        || !(deadline.get().isNegative() || deadline.get().isZero()),
                "deadline = " + deadline.map(Duration::toString).orElse("") + " is not above 0.");
    }

    /** 64 rows, one millisecond, 1024 inputs, no deadline. */
    public static EngineSettings defaults() {
        return new EngineSettings(64, Duration.ofMillis(1), 1024, Optional.empty());
    }

    public EngineSettings withRows(int value) {
        return new EngineSettings(value, gathering, capacity, deadline);
    }

    public EngineSettings withGathering(Duration value) {
        return new EngineSettings(rows, value, capacity, deadline);
    }

    public EngineSettings withCapacity(int value) {
        return new EngineSettings(rows, gathering, value, deadline);
    }

    public EngineSettings withDeadline(Duration value) {
        return new EngineSettings(rows, gathering, capacity, Optional.of(value));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new ClozeException(
                    Problem.SERVING_SETTING,
                    what + "\n"
                            + "  The engine can't gather inputs so.\n"
                            + "  Choose a value in that range, or leave the setting as EngineSettings.defaults() has"
                            + " it.");
        }
    }
}
