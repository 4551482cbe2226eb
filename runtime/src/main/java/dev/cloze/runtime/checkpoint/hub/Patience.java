package dev.cloze.runtime.checkpoint.hub;

import java.time.Duration;

/**
 * How long a download goes on in the face of failures.
 *
 * @param tries how often the same thing is tried in a row without any progress
 * @param firstPause before the second try; each further one is twice as long
 * @param longestPause the most that a hub may ask to wait
 * @param silence how long a connection may say nothing
 * @param progress so many bytes more than ever before are progress; a server may let one through with each connection
 */
record Patience(int tries, Duration firstPause, Duration longestPause, Duration silence, long progress) {

    static final Patience STANDARD =
            new Patience(5, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(60), 1 << 16);

    /** The pause after so many failures (1, 2, ...). */
    Duration pauseAfter(int failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
