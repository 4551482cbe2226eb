package dev.cloze.runtime.tuning.candidate;

/**
 * A run of words that is asked about.
 *
 * @param from the first word
 * @param to the word behind the last
 */
record Candidate(int from, int to) {

    /** Whether both have a word. */
    boolean overlaps(Candidate other) {
        return from < other.to && other.from < to;
    }
}
