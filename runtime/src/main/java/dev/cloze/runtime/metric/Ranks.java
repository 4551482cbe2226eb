package dev.cloze.runtime.metric;

import java.util.Arrays;

/** Where right answers stand among all, the best first: ranks from 1, and 0 for an answer that is not among them. */
public final class Ranks {

    private Ranks() {}

    /** The rank of the answer at this place by its score: of equals, the first one stands first. */
    public static int of(int answer, float[] scores) {
        int rank = 1;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > scores[answer] || (scores[i] == scores[answer] && i < answer)) {
                rank++;
            }
        }
        return rank;
    }

    /** Precision at k as LAMA has it (Petroni et al. 2019, arXiv 1909.01066, section 4.4): the share of ranks from 1 to k. */
    public static double precisionAt(int k, int[] ranks) {
        return Arrays.stream(ranks).filter(rank -> rank >= 1 && rank <= k).count() / (double) ranks.length;
    }

    /** The mean of 1 / rank, where an answer that is not there counts 0. */
    public static double meanReciprocal(int[] ranks) {
        return Arrays.stream(ranks)
                        .mapToDouble(rank -> rank == 0 ? 0 : 1.0 / rank)
                        .sum()
                / ranks.length;
    }
}
