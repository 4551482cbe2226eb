package dev.cloze.runtime.training;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a model was tuned.
 *
 * @param seed what all random choices came from
 * @param hyperParameters the options by name
 * @param dataHash the SHA-256 of the training examples
 * @param metrics what was measured, by name; what is no finite number is left out
 */
public record TrainingRecord(
        long seed, Map<String, String> hyperParameters, String dataHash, Map<String, Double> metrics) {

    /** Of what was not tuned. */
    public static final TrainingRecord NONE = new TrainingRecord(0, Map.of(), "", Map.of());

    /** Refuses a part that is missing. */
    public TrainingRecord {
        hyperParameters = Collections.unmodifiableMap(
                new TreeMap<>(Objects.requireNonNull(hyperParameters, "training.hyperParameters")));
        Objects.requireNonNull(dataHash, "training.dataHash");
        // JSON knows no NaN, and a metric without a value must not cost the whole save.
        Map<String, Double> finite = new TreeMap<>(Objects.requireNonNull(metrics, "training.metrics"));
        finite.values().removeIf(value -> !Double.isFinite(value));
        metrics = Collections.unmodifiableMap(finite);
    }
}
