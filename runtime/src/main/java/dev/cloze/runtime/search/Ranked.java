package dev.cloze.runtime.search;

/**
 * A candidate that was tuned with.
 *
 * @param place its place among all candidates, from 0
 * @param devScore how well the development examples are answered, see {@link SearchedTask#devScore}
 */
public record Ranked(int place, double devScore) {}
