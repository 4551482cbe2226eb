package dev.cloze.runtime.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * How many runs of one to four words texts have in common with what they should be: BLEU (Papineni et al. 2002, ACL
 * P02-1040) as sacrebleu computes it by default, with the tokenization 13a, upper and lower case apart, and precisions
 * of nothing smoothed by halves (Chen and Cherry 2014, method 3).
 *
 * @param score 0 to 100
 * @param precisions the share of the texts' runs of 1, 2, 3 and 4 words that a reference has, 0 to 100, smoothed
 * @param brevityPenalty the factor for texts that are shorter than their references, 0 to 1
 * @param textLength the texts' words
 * @param referenceLength the words of the references, of each text's the one nearest in length
 */
public record Bleu(
        double score, List<Double> precisions, double brevityPenalty, long textLength, long referenceLength) {

    static final int ORDERS = 4;

    public Bleu {
        precisions = List.copyOf(precisions);
    }

    /**
     * BLEU of texts taken together, with all its parts.
     *
     * @param hypotheses the texts
     * @param references for each text, at least one text that would be right
     * @throws dev.cloze.problem.ClozeException EVALUATION_NO_EXAMPLES when there are none
     */
    public static Bleu of(List<String> hypotheses, List<List<String>> references) {
        TextPairs.check(hypotheses, references);
        BleuCounts counts = new BleuCounts();
        for (int i = 0; i < hypotheses.size(); i++) {
            counts.add(hypotheses.get(i), references.get(i));
        }
        return of(counts, false);
    }

    /** BLEU of texts taken together, 0 to 100; arguments and errors as of {@link #of}. */
    public static double corpus(List<String> hypotheses, List<List<String>> references) {
        return of(hypotheses, references).score();
    }

    /** BLEU of one text, 0 to 100; of texts of less than four words, the orders they have are taken. */
    public static double sentence(String hypothesis, List<String> references) {
        TextPairs.check(List.of(hypothesis), List.of(references));
        BleuCounts counts = new BleuCounts();
        counts.add(hypothesis, references);
        return of(counts, true).score();
    }

    private static Bleu of(BleuCounts counts, boolean effectiveOrder) {
        double brevity = counts.textLength >= counts.referenceLength
                ? 1
                : counts.textLength == 0 ? 0 : Math.exp(1 - (double) counts.referenceLength / counts.textLength);
        if (counts.matchless()) {
            return new Bleu(0, List.of(0.0, 0.0, 0.0, 0.0), brevity, counts.textLength, counts.referenceLength);
        }
        List<Double> precisions = precisions(counts);
        int orders = effectiveOrder ? counts.orders() : ORDERS;
        double logs = 0;
        for (double precision : precisions.subList(0, orders)) {
            logs += Math.log(precision);
        }
        double score = brevity * Math.exp(logs / orders);
        return new Bleu(score, precisions, brevity, counts.textLength, counts.referenceLength);
    }

    /** In percent; the k-th order that has runs but no matches counts as 1/2^k of a match. */
    private static List<Double> precisions(BleuCounts counts) {
        List<Double> precisions = new ArrayList<>();
        double halves = 1;
        for (int order = 0; order < ORDERS; order++) {
            double matches = counts.matches[order];
            if (matches == 0) {
                halves /= 2;
                matches = halves;
            }
            precisions.add(counts.runs[order] == 0 ? 0 : 100 * matches / counts.runs[order]);
        }
        return precisions;
    }
}
