package dev.cloze.runtime.generation;

import org.jspecify.annotations.Nullable;

/**
 * A text that beam search follows, told by its last token and the beam it continues.
 *
 * @param previous null for the text without tokens
 * @param token its last one
 * @param length how many tokens it has
 * @param sum of their log-probabilities; minus infinity for one that only fills a row
 * @param row which of its prompt's rows {@code previous} has
 */
record Beam(@Nullable Beam previous, int token, int length, float sum, int row) {

    /** The text without tokens. */
    static final Beam EMPTY = new Beam(null, -1, 0, 0, 0);

    Beam then(int next, float newSum, int rowOfThis) {
        return new Beam(this, next, length + 1, newSum, rowOfThis);
    }

    /** The same beam, never to be chosen. */
    Beam asFiller() {
        return new Beam(previous, token, length, Float.NEGATIVE_INFINITY, row);
    }

    /** Its tokens after those. */
    int[] after(int[] before) {
        int[] ids = java.util.Arrays.copyOf(before, before.length + length);
        for (Beam beam = this; beam.previous != null; beam = beam.previous) {
            ids[before.length + beam.length - 1] = beam.token;
        }
        return ids;
    }

    /** Its tokens without the last, which ends it. */
    int[] withoutEnd() {
        return previous == null ? new int[0] : previous.after(new int[0]);
    }
}
