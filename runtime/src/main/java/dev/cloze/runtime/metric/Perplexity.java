package dev.cloze.runtime.metric;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** How many tokens a model wavers between at each place of a text, in the mean. */
public final class Perplexity {

    private Perplexity() {}

    /**
     * The exponential of the mean negative log-likelihood of a token, 1 for a model that is sure and right.
     *
     * @param totalNegativeLogLikelihood the sum over the tokens of minus the natural logarithm of their probability
     * @param tokens how many there are
     * @throws ClozeException EVALUATION_NO_EXAMPLES when there are none
     */
    public static double of(double totalNegativeLogLikelihood, long tokens) {
        if (tokens < 1) {
            throw new ClozeException(
                    Problem.EVALUATION_NO_EXAMPLES,
                    "There are no tokens to measure perplexity on.\n  Give at least one text that is not empty.");
        }
        return Math.exp(totalNegativeLogLikelihood / tokens);
    }
}
