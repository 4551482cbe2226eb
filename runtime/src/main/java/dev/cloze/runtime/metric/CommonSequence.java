package dev.cloze.runtime.metric;

import java.util.BitSet;
import java.util.List;

/**
 * The longest sequence that two lists have in common, in order but with gaps.
 *
 * @param lengths [i][j]: its length for the first i and the first j of them
 */
record CommonSequence(List<String> reference, List<String> text, int[][] lengths) {

    static CommonSequence of(List<String> reference, List<String> text) {
        int[][] lengths = new int[reference.size() + 1][text.size() + 1];
        for (int i = 1; i <= reference.size(); i++) {
            for (int j = 1; j <= text.size(); j++) {
                lengths[i][j] = reference.get(i - 1).equals(text.get(j - 1))
                        ? lengths[i - 1][j - 1] + 1
                        : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
        return new CommonSequence(reference, text, lengths);
    }

    int length() {
        return lengths[reference.size()][text.size()];
    }

    /** Its places in the reference; of several sequences of this length, the one rouge_score finds. */
    BitSet places() {
        BitSet places = new BitSet();
        int i = reference.size();
        int j = text.size();
        while (i > 0 && j > 0) {
            if (reference.get(i - 1).equals(text.get(j - 1))) {
                places.set(--i);
                j--;
            } else if (lengths[i][j - 1] > lengths[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return places;
    }
}
