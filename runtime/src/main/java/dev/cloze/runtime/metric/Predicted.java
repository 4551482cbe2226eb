package dev.cloze.runtime.metric;

/**
 * A prediction beside the right answer.
 *
 * @param gold the right label
 * @param probabilities one for each label, in the order of the labels, their sum 1
 * @param cut whether a part of the input was left out for want of room
 */
public record Predicted<L>(L gold, float[] probabilities, boolean cut) {

    /** The index of the most probable label, the first of equals. */
    public int top() {
        int top = 0;
        for (int i = 1; i < probabilities.length; i++) {
            top = probabilities[i] > probabilities[top] ? i : top;
        }
        return top;
    }
}
