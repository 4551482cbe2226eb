package dev.cloze.runtime.data;

import java.util.List;

/**
 * A small training set and a development set of the same size.
 *
 * @param train K examples a label, label by label
 * @param dev K other examples a label, label by label
 */
public record FewShotSplit<E>(List<E> train, List<E> dev) {

    public FewShotSplit {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
    }
}
