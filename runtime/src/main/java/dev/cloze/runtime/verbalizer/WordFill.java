package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.template.EncodedText;
import java.util.Arrays;

/** A word on its way into the masks of one text. */
final class WordFill {

    private EncodedText text;
    private int[] left;
    private double score;

    /** Starts with a text of as many masks as the word has tokens. */
    WordFill(EncodedText text, int[] word) {
        this.text = text;
        this.left = word;
    }

    /** The text with the tokens so far. */
    EncodedText text() {
        return text;
    }

    /** The tokens that are not in the text yet, one for each of its masks. */
    int[] left() {
        return left;
    }

    /** The sum of the log-probabilities so far. */
    double score() {
        return score;
    }

    /**
     * Takes one of the tokens that are left and writes it, or takes all of them.
     *
     * @param logProbabilities [mask][column]
     * @param columns the token of each column
     */
    void take(float[][] logProbabilities, int[] columns, MultiTokenWords choice) {
        double[] own = new double[left.length];
        Arrays.setAll(own, mask -> logProbabilities[mask][column(columns, left[mask])]);
        if (choice == MultiTokenWords.PARALLEL) {
            score += Arrays.stream(own).sum();
            left = new int[0];
            return;
        }
        int taken = choice == MultiTokenWords.LEFT_TO_RIGHT ? 0 : highest(own);
        score += own[taken];
        text = text.fill(taken, left[taken]);
        left = without(left, taken);
    }

    private static int highest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static int column(int[] columns, int token) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == token) {
                return i;
            }
        }
        throw new IllegalArgumentException("the token " + token + " was not asked for");
    }

    private static int[] without(int[] values, int index) {
        int[] rest = new int[values.length - 1];
        System.arraycopy(values, 0, rest, 0, index);
        System.arraycopy(values, index + 1, rest, index, rest.length - index);
        return rest;
    }
}
