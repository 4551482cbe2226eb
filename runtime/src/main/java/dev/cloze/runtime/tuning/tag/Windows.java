package dev.cloze.runtime.tuning.tag;

import java.util.ArrayList;
import java.util.List;

/** How a long text is read: in windows that overlap, of which each answers for the words that lie farther from its ends. */
final class Windows {

    /** The share of a window that the next one reads again. */
    private static final int OVERLAP = 4;

    private Windows() {}

    /**
     * Words that are read in one pass.
     *
     * @param from the first word read
     * @param to the one behind the last
     * @param ownFrom the first word that it answers for
     * @param ownTo the one behind the last
     */
    record Window(int from, int to, int ownFrom, int ownTo) {}

    /**
     * Windows of words with so many tokens each; every word is some window's own.
     *
     * @param lengths tokens of each word, above 0
     * @param room tokens of a window at most, above 0; a word that is longer has a window of its own
     */
    static List<Window> of(int[] lengths, int room) {
        List<int[]> reaches = new ArrayList<>();
        for (int from = 0; from < lengths.length; ) {
            int to = end(lengths, from, room);
            reaches.add(new int[] {from, to});
            from = to == lengths.length ? to : next(lengths, from, to, room);
        }
        List<Window> windows = new ArrayList<>();
        int own = 0;
        for (int i = 0; i < reaches.size(); i++) {
            int to = reaches.get(i)[1];
            // Half of what two windows share is each one's own.
            int ownTo = i + 1 == reaches.size() ? to : (reaches.get(i + 1)[0] + to + 1) / 2;
            windows.add(new Window(reaches.get(i)[0], to, own, ownTo));
            own = ownTo;
        }
        return windows;
    }

    private static int end(int[] lengths, int from, int room) {
        int to = from + 1;
        for (int taken = lengths[from]; to < lengths.length && taken + lengths[to] <= room; to++) {
            taken += lengths[to];
        }
        return to;
    }

    /** So far back from the end that some tokens are shared, unless nothing more would be read from there. */
    private static int next(int[] lengths, int from, int to, int room) {
        int next = to;
        for (int taken = 0; next - 1 > from && taken + lengths[next - 1] <= room / OVERLAP; next--) {
            taken += lengths[next - 1];
        }
        return end(lengths, next, room) > to ? next : to;
    }
}
