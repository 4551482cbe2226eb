package dev.cloze.runtime.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a loop is told of the data and the model it trains.
 *
 * @param examples examples of the training set; the model knows them by position, from 0
 * @param cutShare the share of them that was cut to the model's length, 0 to 1
 * @param identity whatever else the trained weights depend on, by name ({@link #TRAINING_DATA} and {@link #DEVELOPMENT_DATA}
 *     with their hashes, {@code backbone} and its hash, {@code template}); a checkpoint of another identity is refused
 */
public record TrainingTask(int examples, double cutShare, Map<String, String> identity) {

    /** Names the hash of the training examples. */
    public static final String TRAINING_DATA = "training data";

    /** Names the hash of the development examples. */
    public static final String DEVELOPMENT_DATA = "development data";

    public TrainingTask {
        identity = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(identity));
    }

    /** The hash of the training examples; empty where the identity doesn't name it. */
    public String dataHash() {
        return identity.getOrDefault(TRAINING_DATA, "");
    }
}
