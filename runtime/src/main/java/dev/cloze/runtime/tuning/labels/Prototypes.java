package dev.cloze.runtime.tuning.labels;

/**
 * Prototypes of labels, and the projection of hidden states among them: S(x, c) = cos(W x, c) (Cui et al. 2022, ProtoVerb, arXiv
 * 2203.09770, section 3.2).
 *
 * @param projection W, [D][E]
 * @param prototypes c of each label, [C][D]
 */
public record Prototypes(float[][] projection, float[][] prototypes) {

    /** What F.normalize divides by at least. */
    private static final double SHORTEST = 1e-12;

    /** The cosines of a hidden state with each label's prototype, -1 to 1. */
    public float[] cosines(float[] state) {
        double[] vector = new double[projection.length];
        for (int d = 0; d < vector.length; d++) {
            for (int i = 0; i < state.length; i++) {
                vector[d] += (double) projection[d][i] * state[i];
            }
        }
        double length = length(vector);
        float[] cosines = new float[prototypes.length];
        for (int label = 0; label < cosines.length; label++) {
            double[] prototype = new double[vector.length];
            double product = 0;
            for (int d = 0; d < vector.length; d++) {
                prototype[d] = prototypes[label][d];
                product += vector[d] * prototype[d];
            }
            cosines[label] = (float) (product / (length * length(prototype)));
        }
        return cosines;
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double number : vector) {
            squares += number * number;
        }
        return Math.max(Math.sqrt(squares), SHORTEST);
    }
}
