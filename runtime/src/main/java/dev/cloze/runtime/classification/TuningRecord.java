package dev.cloze.runtime.classification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a pipeline came to be, kept with it.
 *
 * @param method the tuning method's name, or {@code ZERO_SHOT}
 * @param options the training options in force, by name; empty without training
 * @param seed the training's seed, 0 without training
 * @param trainingDataHash SHA-256 of the training examples as the model read them, empty without training
 * @param metrics what was measured on the development set, by name
 */
public record TuningRecord(
        String method, Map<String, String> options, long seed, String trainingDataHash, Map<String, Double> metrics) {

    public TuningRecord {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** No training at all. */
    public static TuningRecord none() {
        return new TuningRecord("ZERO_SHOT", Map.of(), 0, "", Map.of());
    }
}
