package dev.cloze.runtime.tuning.demonstration;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Which examples inputs are shown with: one set of them for each, or several whose answers are averaged. */
@FunctionalInterface
public interface DemonstrationSets {

    /**
     * The sets of each input, equally many for each: [set][place], positions in the pool in the order they stand in the text.
     *
     * @param inputs for each, the text of every placeholder by path
     */
    List<int[][]> of(List<Map<String, String>> inputs);

    /** Whether they depend on the input. */
    default boolean areOfEachInput() {
        return true;
    }

    /** The same sets whatever the input. */
    static DemonstrationSets fixed(int[][] sets) {
        return new DemonstrationSets() {
            @Override
            public List<int[][]> of(List<Map<String, String>> inputs) {
                return Collections.nCopies(inputs.size(), sets);
            }

            @Override
            public boolean areOfEachInput() {
                return false;
            }
        };
    }
}
