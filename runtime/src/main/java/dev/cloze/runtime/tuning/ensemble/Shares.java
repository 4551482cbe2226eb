package dev.cloze.runtime.tuning.ensemble;

import java.util.Arrays;
import java.util.List;

/** What each of several counts in their mean: from 0 to 1, together 1. */
public final class Shares {

    private Shares() {}

    /** In proportion to the weights; equal where all are 0, as nothing can be said for one of them then. */
    public static double[] of(double... weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights)
                .map(weight -> sum == 0 ? 1.0 / weights.length : weight / sum)
                .toArray();
    }

    /**
     * The mean of several rows of scores, s(l) = sum over j of share(j) s_j(l): of raw scores, a softmax comes afterwards
     * (Schick and Schütze 2021, arXiv 2001.07676, section 3.1).
     *
     * @param scores one row for each share, all of one length
     */
    public static float[] mean(List<float[]> scores, double[] shares) {
        double[] sums = new double[scores.get(0).length];
        for (int j = 0; j < shares.length; j++) {
            for (int l = 0; l < sums.length; l++) {
                sums[l] += shares[j] * scores.get(j)[l];
            }
        }
        float[] mean = new float[sums.length];
        for (int l = 0; l < mean.length; l++) {
            mean[l] = (float) sums[l];
        }
        return mean;
    }
}
