package dev.cloze.runtime.verbalizer;

/** Softmax and its kin over a few scores, computed in double precision. */
public final class Logits {

    private Logits() {}

    /** The probabilities of the scores: above 0, their sum 1. */
    public static float[] softmax(float[] scores) {
        float[] result = logSoftmax(scores);
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) Math.exp(result[i]);
        }
        return result;
    }

    /** The logarithms of {@link #softmax}. */
    public static float[] logSoftmax(float[] scores) {
        double total = logSumExp(scores);
        float[] result = new float[scores.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (scores[i] - total);
        }
        return result;
    }

    private static double logSumExp(float[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - max);
        }
        return max + Math.log(sum);
    }
}
