package dev.cloze.runtime.verbalizer;

/** Softmax and its kin over a few scores, computed in double precision. */
public final class Logits {

    private Logits() {}

    /** The probabilities of the scores: 0 to 1, their sum 1. */
    public static float[] softmax(float[] scores) {
        double[] logarithms = logarithms(scores);
        float[] result = new float[scores.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) Math.exp(logarithms[i]);
        }
        return result;
    }

    /** The logarithms of {@link #softmax}. */
    public static float[] logSoftmax(float[] scores) {
        double[] logarithms = logarithms(scores);
        float[] result = new float[scores.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) logarithms[i];
        }
        return result;
    }

    /** The maximum goes first: beside one of 1e38 the logarithm of the sum would be lost. */
    private static double[] logarithms(float[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - max);
        }
        double[] result = new double[scores.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (scores[i] - max) - Math.log(sum);
        }
        return result;
    }
}
