package dev.cloze.runtime.data;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;

/** Says where all development examples have one label: who always answers it is right on all of them. */
public final class DevelopmentLabels {

    private DevelopmentLabels() {}

    /**
     * A sentence for the log; empty where there are no development examples, or of more labels than one.
     *
     * @param labels the label of each development example
     */
    public static <L> Optional<String> remark(Collection<L> labels) {
        return new HashSet<>(labels).size() != 1
                ? Optional.empty()
                : Optional.of((labels.size() == 1
                                ? "The development example is "
                                : "All " + labels.size() + " development examples are ")
                        + labels.iterator().next()
                        + ". Who always answers so is right on all of them, and the weights that are kept are chosen by it: give"
                        + " examples of each label, or none to keep the last weights.");
    }
}
