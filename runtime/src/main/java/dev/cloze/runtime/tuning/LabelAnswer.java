package dev.cloze.runtime.tuning;

import dev.cloze.runtime.verbalizer.Logits;
import java.util.List;

/**
 * What is said of one input.
 *
 * @param scores one for each label, in the order of the labels; their softmax gives probabilities
 * @param words the label words with their scores, none where the method reads no words
 * @param cut whether a part of the input was left out for want of room
 */
public record LabelAnswer(float[] scores, List<ScoredWord> words, boolean cut) {

    /**
     * A label word.
     *
     * @param label the index of its label
     * @param score the softmax over all words of all labels gives their probabilities
     */
    public record ScoredWord(String text, int label, float score) {}

    /** The probabilities of the labels. */
    public float[] probabilities() {
        return Logits.softmax(scores);
    }

    /** The index of the most probable label, the first of equals. */
    public int best() {
        float[] probabilities = probabilities();
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }
}
