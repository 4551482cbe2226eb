package dev.cloze.testkit.data;

import java.util.List;

/**
 * A data set in its parts.
 *
 * @param labels the labels' names
 * @param train all there is, where the data set has no split
 * @param dev empty where it has none
 * @param test empty where it has none
 */
public record Dataset(List<String> labels, List<TextExample> train, List<TextExample> dev, List<TextExample> test) {

    public Dataset {
        labels = List.copyOf(labels);
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
    }
}
