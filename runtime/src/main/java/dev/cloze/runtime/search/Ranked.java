package dev.cloze.runtime.search;

/**
 * A candidate that was tuned with.
 *
 * @param place its place among all candidates, from 0
 * @param devAccuracy how many development examples are answered right, 0 to 1
 */
public record Ranked(int place, double devAccuracy) {}
