package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Optional;

/** A product that writes texts. */
public interface TextProduct extends Product, TextAnswers {

    /** How it writes over the model that it shares; empty where it has weights of its own. */
    default Optional<Sharing<TextAnswers>> sharing() {
        return Optional.empty();
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
