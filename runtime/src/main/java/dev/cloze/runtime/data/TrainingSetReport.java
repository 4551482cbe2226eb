package dev.cloze.runtime.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training set holds.
 *
 * @param counts examples of each label, in the order of the labels
 * @param remarks sentences about what may be wrong, for a log; none when nothing is
 */
public record TrainingSetReport<L>(Map<L, Integer> counts, List<String> remarks) {

    public TrainingSetReport {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        remarks = List.copyOf(remarks);
    }
}
