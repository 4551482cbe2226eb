package dev.cloze.vocabulary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The longest word of the label whose words are longest, where sums of logarithms put that label at a disadvantage.
 *
 * <p>Each token more makes a word less probable, by a factor of ten or a hundred, whatever the text says. So labels can be
 * compared by such sums only where their words are about equally long.
 *
 * @param label its place
 * @param word its place among the words of its label
 * @param tokens the word's tokens
 * @param mean tokens that the words of its label have on average
 * @param least the same of the label whose words are shortest
 */
public record UnevenWords(int label, int word, int tokens, double mean, double least) {

    /** Tokens that labels' words may differ by, on average. */
    private static final double TOLERATED = 0.5;

    /**
     * The word that is to be shown; nothing where the words of all labels are about equally long.
     *
     * @param lengths the tokens of each word of each label
     */
    public static Optional<UnevenWords> of(List<List<Integer>> lengths) {
        int longest = -1;
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int label = 0; label < lengths.size(); label++) {
            if (!lengths.get(label).isEmpty()) {
                double mean = lengths.get(label).stream()
                        .mapToInt(Integer::intValue)
                        .average()
                        .orElseThrow();
                longest = mean > most ? label : longest;
                most = Math.max(most, mean);
                least = Math.min(least, mean);
            }
        }
        if (longest < 0 || most - least < TOLERATED) {
            return Optional.empty();
        }
        List<Integer> words = lengths.get(longest);
        int tokens = words.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return Optional.of(new UnevenWords(longest, words.indexOf(tokens), tokens, most, least));
    }

    /** {@code its words have 2.5 tokens on average, those of another label 1}. */
    public String averages() {
        return "its words have " + shown(mean) + " tokens on average, those of another label " + shown(least);
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
