package dev.cloze.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline says of one input.
 *
 * @param label the most probable label; of equals the one declared first
 * @param probabilities of all labels, in the order declared; they sum to 1
 * @param words the label words by their share of probability among all label words, the greatest first
 * @param cut whether the input was too long, or over a {@code limit}, and lost a part
 * @param <L> the label enum
 */
public record Prediction<L>(L label, Map<L, Double> probabilities, List<WordProbability<L>> words, boolean cut) {

    public Prediction {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        words = List.copyOf(words);
    }

    /**
     * A label word as the model expected it at the mask.
     *
     * @param word as written in the verbalizer
     * @param label the label it stands for
     * @param probability its share among all label words, 0 to 1
     */
    public record WordProbability<L>(String word, L label, double probability) {}

    /** The probability of the label, 0 to 1. */
    public double probability() {
        return java.util.Objects.requireNonNull(probabilities.get(label));
    }
}
