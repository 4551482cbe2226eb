package dev.cloze.runtime.tuning.demonstration;

import java.util.Map;

/** Which examples an input is shown with: one set of them, or several whose answers are averaged. */
@FunctionalInterface
public interface DemonstrationSets {

    /**
     * The sets of an input, equally many for each: [set][place], positions in the pool in the order they stand in the text.
     *
     * @param input the text of every placeholder by path
     */
    int[][] of(Map<String, String> input);
}
