package dev.cloze.runtime.metric;

import java.util.List;

/**
 * How long a sequence of words a text has in common, in order but with gaps, with what it should be: ROUGE-L (Lin 2004,
 * ACL W04-1013) as Google's rouge_score computes it.
 *
 * <p>Words are runs of the letters a to z, taken in lower case, and of digits; all else is left out, so that texts in
 * other scripts have no words and score 0.
 *
 * @param precision the common sequence's share of the text's words, 0 to 1
 * @param recall its share of the reference's words, 0 to 1
 * @param f the harmonic mean of the two, 0 to 1
 */
public record RougeL(double precision, double recall, double f) {

    private static final RougeL ZERO = new RougeL(0, 0, 0);

    /** What counts as the same word. */
    public enum Words {
        /** Words of the same letters: what rouge_score does where nothing is said. */
        AS_WRITTEN,
        /**
         * English words of the same stem, by Porter's algorithm, as with rouge_score's {@code use_stemmer=True}; words of up
         * to three letters stay as they are.
         */
        STEMMED
    }

    /** ROUGE-L of one text with that of its references, at least one, that gives the highest F; the first of equals. */
    public static RougeL of(String hypothesis, List<String> references) {
        return of(hypothesis, references, Words.AS_WRITTEN);
    }

    /** The same of these words. */
    public static RougeL of(String hypothesis, List<String> references, Words words) {
        List<String> given = AsciiWords.of(hypothesis, words);
        return best(references.stream()
                .map(reference -> of(given, AsciiWords.of(reference, words)))
                .toList());
    }

    /**
     * ROUGE-Lsum of one text, whose lines are compared as sentences: the words of a reference's sentence count that are
     * in the longest common sequence with any of the text's sentences.
     */
    public static RougeL ofLines(String hypothesis, List<String> references) {
        return ofLines(hypothesis, references, Words.AS_WRITTEN);
    }

    /** The same of these words. */
    public static RougeL ofLines(String hypothesis, List<String> references, Words words) {
        List<List<String>> given = AsciiWords.ofLines(hypothesis, words);
        return best(references.stream()
                .map(reference -> SummaryMatch.of(given, AsciiWords.ofLines(reference, words)))
                .toList());
    }

    /**
     * The mean F of ROUGE-L, 0 to 1.
     *
     * @param hypotheses the texts
     * @param references for each text, at least one text that would be right
     * @throws dev.cloze.problem.ClozeException EVALUATION_NO_EXAMPLES when there are none
     */
    public static double mean(List<String> hypotheses, List<List<String>> references) {
        return mean(hypotheses, references, Words.AS_WRITTEN);
    }

    /** The same of these words. */
    public static double mean(List<String> hypotheses, List<List<String>> references, Words words) {
        TextPairs.check(hypotheses, references);
        double sum = 0;
        for (int i = 0; i < hypotheses.size(); i++) {
            sum += of(hypotheses.get(i), references.get(i), words).f();
        }
        return sum / hypotheses.size();
    }

    /** What follows from the number of words in common; 0 where one side has none. */
    static RougeL of(int common, int given, int wanted) {
        if (common == 0) {
            return ZERO;
        }
        double precision = (double) common / given;
        double recall = (double) common / wanted;
        return new RougeL(precision, recall, 2 * precision * recall / (precision + recall));
    }

    private static RougeL of(List<String> given, List<String> wanted) {
        return of(CommonSequence.of(wanted, given).length(), given.size(), wanted.size());
    }

    private static RougeL best(List<RougeL> scores) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("the text has no reference");
        }
        return scores.stream().reduce((a, b) -> b.f > a.f ? b : a).orElseThrow();
    }
}
