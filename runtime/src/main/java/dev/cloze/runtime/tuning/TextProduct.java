package dev.cloze.runtime.tuning;

import java.util.List;

/** A product that writes texts. */
public interface TextProduct extends SharingProduct<TextAnswers>, TextAnswers {

    @Override
    default TextAnswers answers() {
        return this;
    }

    /** How probable it finds targets. */
    Likelihood likelihood(List<ValuePair> pairs);

    /**
     * How probable targets are, given what stands before them.
     *
     * @param loss the sum over the tokens of minus the natural logarithm of their probability
     * @param tokens of all targets, their end tokens included
     * @param cut pairs whose input or target was too long and lost a part
     */
    record Likelihood(double loss, long tokens, long cut) {}
}
