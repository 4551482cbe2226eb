package dev.cloze.runtime.tuning;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import java.util.List;
import java.util.Map;

/** Writes texts. */
@FunctionalInterface
public interface TextAnswers {

    /**
     * The texts of each input, the best first; the listener hears the first text of the first input.
     *
     * @param inputs for each, the text of every placeholder by path
     */
    List<List<Generated>> write(
            List<Map<String, String>> inputs, GenerationOptions options, GenerationListener listener);
}
