package dev.cloze.runtime.metric;

import java.util.List;

/**
 * How many runs of one to six characters texts have in common with what they should be: chrF (Popović 2015, ACL
 * W15-3049) as sacrebleu computes it by default, recall counting four times as much as precision, white space left out,
 * and chrF++ (Popović 2017, ACL W17-4770), which counts runs of one and two words as well.
 *
 * <p>Of several references the one that fits a text best counts.
 */
public final class ChrF {

    private static final int PLAIN = 0;
    private static final int PLUS_PLUS = 2;

    private ChrF() {}

    /**
     * chrF of texts taken together, 0 to 100.
     *
     * @param hypotheses the texts
     * @param references for each text, at least one text that would be right
     * @throws dev.cloze.problem.ClozeException EVALUATION_NO_EXAMPLES when there are none
     */
    public static double corpus(List<String> hypotheses, List<List<String>> references) {
        return score(hypotheses, references, PLAIN);
    }

    /** chrF of one text, 0 to 100. */
    public static double sentence(String hypothesis, List<String> references) {
        return score(List.of(hypothesis), List.of(references), PLAIN);
    }

    /** chrF++ of texts taken together, 0 to 100; arguments and errors as of {@link #corpus}. */
    public static double corpusPlusPlus(List<String> hypotheses, List<List<String>> references) {
        return score(hypotheses, references, PLUS_PLUS);
    }

    /** chrF++ of one text, 0 to 100. */
    public static double sentencePlusPlus(String hypothesis, List<String> references) {
        return score(List.of(hypothesis), List.of(references), PLUS_PLUS);
    }

    private static double score(List<String> hypotheses, List<List<String>> references, int wordOrders) {
        TextPairs.check(hypotheses, references);
        ChrFCounts sum = ChrFCounts.none(wordOrders);
        for (int i = 0; i < hypotheses.size(); i++) {
            sum = sum.plus(best(hypotheses.get(i), references.get(i), wordOrders));
        }
        return 100 * sum.score();
    }

    private static ChrFCounts best(String hypothesis, List<String> references, int wordOrders) {
        ChrFText text = ChrFText.of(hypothesis, wordOrders);
        ChrFCounts best = text.against(ChrFText.of(references.get(0), wordOrders));
        for (String reference : references.subList(1, references.size())) {
            ChrFCounts counts = text.against(ChrFText.of(reference, wordOrders));
            best = counts.score() > best.score() ? counts : best;
        }
        return best;
    }
}
