package dev.cloze.testkit.data;

/**
 * What holds of a subject.
 *
 * @param subject {@code France}
 * @param object {@code Paris}
 */
public record Fact(String subject, String object) {}
