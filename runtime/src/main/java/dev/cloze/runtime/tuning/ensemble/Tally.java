package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.verbalizer.Logits;
import java.util.List;

/** What several rows of scores, one a member, come to together: scores whose softmax gives probabilities. */
public enum Tally {
    /** The mean of the scores, which is that of the logarithms of probabilities. */
    SCORES {
        @Override
        float[] together(List<float[]> scores, double[] shares) {
            return Shares.mean(scores, shares);
        }
    },
    /** The logarithm of the mean of the probabilities. */
    PROBABILITIES {
        @Override
        float[] together(List<float[]> scores, double[] shares) {
            return logarithms(means(scores, shares));
        }
    },
    /**
     * The logarithm of the share of the votes, of which each member has one for its most probable label (Lester et al. 2021, arXiv
     * 2104.08691, section 6). The mean of the probabilities has a vote too, which it spreads over the labels: so it decides between
     * labels of equally many votes, and can't turn the others over.
     */
    MAJORITY {
        @Override
        float[] together(List<float[]> scores, double[] shares) {
            double[] votes = means(scores, shares);
            for (int j = 0; j < shares.length; j++) {
                votes[best(scores.get(j))] += shares[j] * shares.length;
            }
            for (int l = 0; l < votes.length; l++) {
                votes[l] /= shares.length + 1;
            }
            return logarithms(votes);
        }
    };

    /** The logarithm of less is no number that a score could be. */
    private static final double LEAST = Float.MIN_NORMAL;

    /**
     * The scores of all labels.
     *
     * @param scores one row for each share, all of one length
     */
    abstract float[] together(List<float[]> scores, double[] shares);

    private static double[] means(List<float[]> scores, double[] shares) {
        double[] means = new double[scores.get(0).length];
        for (int j = 0; j < shares.length; j++) {
            float[] probabilities = Logits.softmax(scores.get(j));
            for (int l = 0; l < means.length; l++) {
                means[l] += shares[j] * probabilities[l];
            }
        }
        return means;
    }

    private static float[] logarithms(double[] probabilities) {
        float[] scores = new float[probabilities.length];
        for (int l = 0; l < scores.length; l++) {
            scores[l] = (float) Math.log(Math.max(LEAST, probabilities[l]));
        }
        return scores;
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int l = 1; l < scores.length; l++) {
            best = scores[l] > scores[best] ? l : best;
        }
        return best;
    }
}
