package dev.cloze.runtime.backbone.t5;

/**
 * Sorts distances between tokens into buckets, which share one bias each (Raffel et al. 2020, arXiv 1910.10683, section
 * 2.1): small distances have a bucket of their own, larger ones share wider and wider buckets.
 *
 * @param count how many buckets there are
 * @param maxDistance from which on all distances share the last bucket
 * @param bothWays whether tokens that come later have buckets of their own, a half of them; otherwise they count as
 *     distance 0
 */
public record RelativeBuckets(int count, int maxDistance, boolean bothWays) {

    /** The bucket of a distance, the key's position less the query's. */
    public int of(int distance) {
        if (!bothWays) {
            return magnitude(Math.max(0, -distance), count);
        }
        return magnitude(Math.abs(distance), count / 2) + (distance > 0 ? count / 2 : 0);
    }

    /** In float32 step by step, as the reference does it: at a bucket's border one rounding decides. */
    private int magnitude(int distance, int buckets) {
        int exact = buckets / 2;
        if (distance < exact) {
            return distance;
        }
        float log = (float) Math.log((float) distance / exact);
        float share = log / (float) Math.log((double) maxDistance / exact);
        return Math.min(buckets - 1, exact + (int) (share * (buckets - exact)));
    }

    /** The buckets of all distances from the first to the last one. */
    public long[] range(int from, int to) {
        long[] buckets = new long[to - from + 1];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = of(from + i);
        }
        return buckets;
    }
}
