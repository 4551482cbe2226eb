package dev.cloze.runtime.metric;

/**
 * What chrF is made of, for each order.
 *
 * @param matches the runs that text and reference have in common
 * @param given the text's
 * @param wanted the reference's
 */
record ChrFCounts(long[] matches, long[] given, long[] wanted) {

    private static final double RECALL_WEIGHT = 4;

    static ChrFCounts none(int wordOrders) {
        int orders = ChrFText.CHARACTER_ORDERS + wordOrders;
        return new ChrFCounts(new long[orders], new long[orders], new long[orders]);
    }

    ChrFCounts plus(ChrFCounts other) {
        return new ChrFCounts(sum(matches, other.matches), sum(given, other.given), sum(wanted, other.wanted));
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** The F-measure, 0 to 1, of precision and recall averaged over the orders that both have. */
    double score() {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int i = 0; i < matches.length; i++) {
            if (given[i] > 0 && wanted[i] > 0) {
                precision += (double) matches[i] / given[i];
                recall += (double) matches[i] / wanted[i];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return (1 + RECALL_WEIGHT) * precision * recall / (RECALL_WEIGHT * precision + recall);
    }
}
