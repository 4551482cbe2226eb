package dev.cloze.cli.serve.http;

/**
 * What is read of a request at most.
 *
 * @param bytes of a body
 * @param lineBytes of one line of a stream
 * @param streams that are open at once
 */
public record Limits(int bytes, int lineBytes, int streams) {}
