package dev.cloze.runtime.metric;

/**
 * How many spans there are, were found, and were found right, which seqeval's scores follow from; what would be divided by 0 is 0,
 * as there.
 *
 * @param right found with the right places and the right label
 * @param found all that were found
 * @param wanted all that there are
 */
public record SpanCounts(int right, int found, int wanted) {

    /** None. */
    public static final SpanCounts NONE = new SpanCounts(0, 0, 0);

    /** Both together. */
    public SpanCounts plus(SpanCounts other) {
        return new SpanCounts(right + other.right, found + other.found, wanted + other.wanted);
    }

    /** The share of those found that is right, 0 to 1. */
    public double precision() {
        return found == 0 ? 0 : right / (double) found;
    }

    /** The share of those wanted that is found, 0 to 1. */
    public double recall() {
        return wanted == 0 ? 0 : right / (double) wanted;
    }

    /** The harmonic mean of precision and recall, 0 to 1. */
    public double f1() {
        double sum = precision() + recall();
        return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }
}
