package dev.cloze.cli.serve;

import dev.cloze.cli.serve.http.AccessRules;
import dev.cloze.runtime.EngineSettings;
import java.time.Duration;

/**
 * How a server listens and what it takes.
 *
 * @param host the name or address that it listens on
 * @param port 0 for any that is free
 * @param access who may ask
 * @param mostBytes of a request's body
 * @param mostInputs of a batch
 * @param timeout how long an answer may take
 * @param idle how long a connection may be silent while nobody waits for the server
 * @param streams that are answered at once: lines, texts being written
 * @param engine how inputs are gathered
 */
public record ServeSettings(
        String host,
        int port,
        AccessRules access,
        int mostBytes,
        int mostInputs,
        Duration timeout,
        Duration idle,
        int streams,
        EngineSettings engine) {

    /** How long connections may be silent. */
    public static final Duration IDLE = Duration.ofSeconds(30);
}
