package dev.cloze.runtime.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a loop is told of the data and the model it trains.
 *
 * @param examples examples of the training set; the model knows them by position, from 0
 * @param cutShare the share of them that was cut to the model's length, 0 to 1
 * @param identity whatever else the trained weights depend on, by name ({@code training data} and {@code development
 *     data} with their hashes, {@code backbone} and its hash, {@code template}); a checkpoint of another identity is
 *     refused
 */
public record TrainingTask(int examples, double cutShare, Map<String, String> identity) {

    public TrainingTask {
        identity = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(identity));
    }
}
