package dev.cloze.runtime.backbone;

/** Vectors of length 1, as sentence encoders compare them. */
public final class UnitVector {

    /** The square of the least length that a vector is divided by, as torch's {@code normalize} has it. */
    private static final double LEAST = 1e-24;

    private UnitVector() {}

    /**
     * Divides a vector by its length, in place.
     *
     * @param what it is, for the error of one that isn't finite
     */
    public static void scale(float[] vector, String what) {
        double squares = 0;
        for (float value : vector) {
            FiniteScores.require(value, what);
            squares += (double) value * value;
        }
        float length = (float) Math.sqrt(Math.max(squares, LEAST));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }
}
