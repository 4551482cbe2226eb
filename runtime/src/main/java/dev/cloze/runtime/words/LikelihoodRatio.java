package dev.cloze.runtime.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks words for each label by their likelihood ratio (Schick, Schmid and Schütze 2020, PETAL, arXiv 2010.13641, equation 6,
 * balanced as in section 3.2): c sum_{y=l} (log p - log(1 - p)) - sum_{y!=l} (log p - log(1 - p)), where p is the
 * word's probability at the mask and c = (N - N_l) / N_l.
 *
 * <p>Only the words with the highest likelihood of a label, sum_{y=l} log p, are ranked for it. Several templates add up.
 */
final class LikelihoodRatio {

    private final int[] counts;
    private final double[][] likelihood;
    private final double[][] odds;

    /**
     * Nothing is said yet.
     *
     * @param counts examples of each label
     * @param words how many words are asked about
     */
    LikelihoodRatio(int[] counts, int words) {
        this.counts = counts.clone();
        this.likelihood = new double[counts.length][words];
        this.odds = new double[counts.length][words];
    }

    /** Adds what is said of an example: natural logarithms of the words' probabilities. */
    void add(int label, float[] logProbabilities) {
        for (int word = 0; word < logProbabilities.length; word++) {
            double log = logProbabilities[word];
            likelihood[label][word] += log;
            odds[label][word] += log - Math.log1p(-Math.exp(log));
        }
    }

    /**
     * The words of a label, the best first; of equals the one that stands first.
     *
     * @param candidates how many words with the highest likelihood are ranked
     * @param most how many are kept
     * @return their places among the words asked about
     */
    List<Integer> best(int label, int candidates, int most) {
        List<Integer> likely = highest(likelihood[label], candidates, all(likelihood[label].length));
        double[] scores = new double[likelihood[label].length];
        likely.forEach(word -> scores[word] = score(label, word));
        return highest(scores, most, likely);
    }

    /** The ratio of a word, balanced. */
    double score(int label, int word) {
        int others = IntStream.of(counts).sum() - counts[label];
        double score = others / (double) counts[label] * odds[label][word];
        for (int other = 0; other < counts.length; other++) {
            score -= other == label ? 0 : odds[other][word];
        }
        return score;
    }

    static List<Integer> all(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** The places of the highest scores among these, the highest first; of equals the one that comes first. */
    static List<Integer> highest(double[] scores, int most, List<Integer> among) {
        List<Integer> sorted = new ArrayList<>(among);
        sorted.sort(Comparator.comparingDouble((Integer place) -> -scores[place]));
        return List.copyOf(sorted.subList(0, Math.min(most, sorted.size())));
    }
}
