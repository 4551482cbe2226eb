package dev.cloze.runtime.tuning;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import java.util.List;
import java.util.Map;

/** A product that writes texts. */
public interface TextProduct extends Product {

    /**
     * The texts of each input, the best first; the listener hears the first text of the first input.
     *
     * @param inputs for each, the text of every placeholder by path
     */
    List<List<Generated>> write(
            List<Map<String, String>> inputs, GenerationOptions options, GenerationListener listener);

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
