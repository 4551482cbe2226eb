package dev.cloze.vocabulary;

/** How many tokens of each piece of an input are kept: the runtime's rule, which the compiler's promises follow from. */
public final class TokenShares {

    private TokenShares() {}

    /**
     * Takes tokens away one at a time, always from the longest piece that may give, the later one where two are equally
     * long.
     *
     * @param lengths tokens of each piece; changed in place
     * @param mayGive which pieces may be cut
     * @param excess how many tokens to take away
     * @return how many could not be taken
     */
    public static int shorten(int[] lengths, boolean[] mayGive, int excess) {
        for (int left = excess; left > 0; left--) {
            int longest = longest(lengths, mayGive);
            if (longest < 0) {
                return left;
            }
            lengths[longest]--;
        }
        return 0;
    }

    private static int longest(int[] lengths, boolean[] mayGive) {
        int longest = -1;
        for (int i = 0; i < lengths.length; i++) {
            if (mayGive[i] && lengths[i] > 0 && (longest < 0 || lengths[i] >= lengths[longest])) {
                longest = i;
            }
        }
        return longest;
    }
}
