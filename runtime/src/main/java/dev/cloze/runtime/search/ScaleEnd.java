package dev.cloze.runtime.search;

import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.tuning.RatedValues;
import java.util.Arrays;

/** Which end of its scale an example is said to be at, for a search; as LM-BFF's code has both. */
public enum ScaleEnd {
    /** For words: high above the median of all values; where nothing lies above it, from it on. */
    BY_MEDIAN,
    /** For templates: high from the middle of the scale on. */
    BY_MIDDLE;

    /** 1 for each example at the upper end, else 0. */
    int[] of(RatedValues examples, DeclaredScale scale) {
        double from = this == BY_MIDDLE ? scale.middle() : aboveMedian(examples.values());
        return Arrays.stream(examples.values())
                .mapToInt(value -> value >= from ? 1 : 0)
                .toArray();
    }

    /** The least value above the median, or the largest one. */
    private static double aboveMedian(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return Arrays.stream(sorted).filter(value -> value > median).findFirst().orElse(sorted[sorted.length - 1]);
    }
}
