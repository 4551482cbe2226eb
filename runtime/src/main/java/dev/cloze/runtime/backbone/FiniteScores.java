package dev.cloze.runtime.backbone;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** Refuses scores that are no numbers: nothing can be ranked by them, and the first of all would seem the best. */
public final class FiniteScores {

    private FiniteScores() {}

    /**
     * Requires a number that is finite.
     *
     * @param of what it is the score of, as the message is to say it
     * @throws ClozeException MODEL_NOT_FINITE
     */
    public static void require(double score, String of) {
        if (!Double.isFinite(score)) {
            throw problem(of, score);
        }
    }

    /** As above, but minus infinity will do: the logarithm of a probability of 0. */
    public static void requireLogarithm(double score, String of) {
        if (score != Double.NEGATIVE_INFINITY) {
            require(score, of);
        }
    }

    private static ClozeException problem(String of, double score) {
        return new ClozeException(
                Problem.MODEL_NOT_FINITE,
                "The model says nothing about " + of + ": its score is " + score + ", which is no finite number."
                        + "\n  Its weights, or what was trained on top of them, are NaN or infinite, or overflow on this"
                        + " text."
                        + "\n  Check the checkpoint; if it is your own, train it again with a smaller learning rate.");
    }
}
