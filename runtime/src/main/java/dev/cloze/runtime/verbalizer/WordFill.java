package dev.cloze.runtime.verbalizer;

import dev.cloze.runtime.template.EncodedText;

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
     * Writes the most probable of the tokens that are left.
     *
     * @param logProbabilities [mask][column]
     * @param columns the token of each column
     */
    void take(float[][] logProbabilities, int[] columns) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int mask = 0; mask < left.length; mask++) {
            double own = logProbabilities[mask][column(columns, left[mask])];
            if (own > highest) {
                highest = own;
                best = mask;
            }
        }
        score += highest;
        text = text.fill(best, left[best]);
        left = without(left, best);
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
