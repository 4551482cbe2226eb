package dev.cloze.cli.serve.http;

import java.time.Duration;

/**
 * What is read of a request at most.
 *
 * @param bytes of a body, and of one line of a stream
 * @param patience until a body is there as a whole
 * @param silence between two parts of a stream
 */
public record Limits(int bytes, Duration patience, Duration silence) {}
