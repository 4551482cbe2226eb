package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.metric.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How high a pipeline ranks the right words; {@link #toString} is a line to be read.
 *
 * @param ranks of the right word of each example, from 1; 0 where the pipeline can't say it
 * @param cutShare the share of inputs that were too long and lost a part, 0 to 1
 */
public record ClozeEvaluation(List<Integer> ranks, double cutShare) {

    public ClozeEvaluation {
        ranks = List.copyOf(ranks);
    }

    /**
     * Evaluates ranks.
     *
     * @param ranks of the right words, from 1; 0 for words that can't be said
     * @param cut how many of the inputs lost a part
     * @throws ClozeException {@code EVALUATION_NO_EXAMPLES} when there are none
     */
    public static ClozeEvaluation of(int[] ranks, long cut) {
        if (ranks.length == 0) {
            throw new ClozeException(
                    Problem.EVALUATION_NO_EXAMPLES,
                    "There are no examples to evaluate on.\n  Give at least one input with its right word.");
        }
        return new ClozeEvaluation(Arrays.stream(ranks).boxed().toList(), (double) cut / ranks.length);
    }

    /**
     * The share of examples whose right word is among the k most probable, 0 to 1; words that can't be said count as wrong.
     *
     * @param k from 1
     */
    public double precisionAt(int k) {
        return Ranks.precisionAt(k, array());
    }

    /** The mean of 1 / rank, 0 to 1; words that can't be said count 0. */
    public double meanReciprocalRank() {
        return Ranks.meanReciprocal(array());
    }

    /** How many examples were evaluated. */
    public int n() {
        return ranks.size();
    }

    /** How many of them have a right word that is no candidate, or, of an open vocabulary, not one token of the model. */
    public int unanswerable() {
        return (int) ranks.stream().filter(rank -> rank == 0).count();
    }

    /**
     * The same without the examples whose right word can't be said, as LAMA reports it (Petroni et al. 2019, arXiv 1909.01066,
     * section 4.4).
     *
     * @throws ClozeException {@code EVALUATION_NO_EXAMPLES} where none is left
     */
    public ClozeEvaluation ofAnswerable() {
        ClozeEvaluation left = of(
                ranks.stream()
                        .filter(rank -> rank > 0)
                        .mapToInt(Integer::intValue)
                        .toArray(),
                0);
        return new ClozeEvaluation(left.ranks, cutShare);
    }

    private int[] array() {
        return ranks.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "P@1 %.4f, P@10 %.4f, MRR %.4f, unanswerable %d, cut inputs %.1f%%, n %d",
                precisionAt(1),
                precisionAt(10),
                meanReciprocalRank(),
                unanswerable(),
                100 * cutShare,
                n());
    }
}
