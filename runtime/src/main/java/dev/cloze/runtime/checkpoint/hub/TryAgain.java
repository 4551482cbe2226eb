package dev.cloze.runtime.checkpoint.hub;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** An answer that may be another one later: 429 or 5xx. */
final class TryAgain extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<Duration> after;

    TryAgain(int status, HttpHeaders headers) {
        super("HTTP " + status);
        this.status = status;
        this.after = headers.firstValue("Retry-After").flatMap(value -> parse(value, Instant.now()));
    }

    int status() {
        return status;
    }

    /** How long the hub asks to wait. */
    Optional<Duration> after() {
        return after;
    }

    /** Seconds, or a date. */
    static Optional<Duration> parse(String value, Instant now) {
        try {
            return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip()))));
        } catch (NumberFormatException e) {
            return date(value, now);
        }
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
