package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.template.EncodedText;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** How inputs become texts that a model is asked about: one text an input, or several whose answers are averaged. */
@FunctionalInterface
public interface InputEncoding {

    /**
     * The texts of these inputs by their number of masks: for each input equally many, at least one.
     *
     * @param inputs for each, the text of every placeholder by path
     */
    IntFunction<List<List<EncodedText>>> of(List<Map<String, String>> inputs);

    /** Whether what a model reads beside an input depends on the input. */
    default boolean surroundsEachByItself() {
        return false;
    }

    /** How as many others are encoded in the places of these inputs: beside what is read with the one in whose place each stands. */
    default InputEncoding inPlacesOf(List<Map<String, String>> inputs) {
        return this;
    }
}
