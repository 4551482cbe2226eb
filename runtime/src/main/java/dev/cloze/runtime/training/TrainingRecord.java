package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener.StopReason;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a model was tuned.
 *
 * @param seed what all random choices came from
 * @param hyperParameters the options by name
 * @param dataHash the SHA-256 of the training examples
 * @param metrics what was measured, by name; what is no finite number is left out
 * @param end why the training ended; null where there was none, and in archives of before it was kept
 * @param steps updates made; 0 where they were not counted
 */
public record TrainingRecord(
        long seed,
        Map<String, String> hyperParameters,
        String dataHash,
        Map<String, Double> metrics,
        @Nullable StopReason end,
        int steps) {

    /** Of what was not tuned. */
    public static final TrainingRecord NONE = new TrainingRecord(0, Map.of(), "", Map.of(), null, 0);

    /** Of a training that came to its end, whose steps are not counted. */
    public TrainingRecord(
            long seed, Map<String, String> hyperParameters, String dataHash, Map<String, Double> metrics) {
        this(seed, hyperParameters, dataHash, metrics, StopReason.COMPLETED, 0);
    }

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

    /** What is to be known of weights whose training was stopped; empty where it came to its end. */
    public Optional<String> stopped() {
        return end == StopReason.INTERRUPTED
                ? Optional.of("stopped after step " + steps + " of " + hyperParameters.getOrDefault("maxSteps", "?"))
                : Optional.empty();
    }
}
