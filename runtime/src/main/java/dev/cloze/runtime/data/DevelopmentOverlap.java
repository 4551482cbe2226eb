package dev.cloze.runtime.data;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says where development examples are training examples: what is chosen by them is then chosen by what was learnt by heart. */
public final class DevelopmentOverlap {

    private DevelopmentOverlap() {}

    /**
     * A sentence for the log; empty where no development input is a training input.
     *
     * @param train the text of every placeholder by path, for each
     * @param dev likewise
     */
    public static Optional<String> remark(Collection<Map<String, String>> train, List<Map<String, String>> dev) {
        if (dev.isEmpty()) {
            return Optional.empty();
        }
        Set<Map<String, String>> known = new HashSet<>(train);
        long both = dev.stream().filter(known::contains).count();
        return both == 0
                ? Optional.empty()
                : Optional.of(both + " of " + dev.size() + " development examples "
                        + (both == 1 ? "is a training example" : "are training examples")
                        + " too. The score on them says little of new texts, and the weights that are kept are chosen by it: give"
                        + " others, or none to keep the last weights.");
    }
}
