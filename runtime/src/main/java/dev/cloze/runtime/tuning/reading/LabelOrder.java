package dev.cloze.runtime.tuning.reading;

import dev.cloze.runtime.tuning.LabelNames;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which what was tuned has its labels, which may be another one than the task's by the time it is loaded: of
 * an enum whose constants were moved.
 *
 * @param names as they were when it was tuned
 * @param from for each label of the task, its index among the names
 */
public record LabelOrder(List<String> names, int[] from) {

    /** The name under which {@link #names} is saved among a product's texts. */
    public static final String TEXTS = "labels";

    /** The task's own order. */
    public static LabelOrder of(List<Object> labels) {
        return saved(LabelNames.of(labels), labels);
    }

    /**
     * An order that was saved.
     *
     * @param names those of the task's labels, in any order
     */
    public static LabelOrder saved(List<String> names, List<Object> labels) {
        int[] from = LabelNames.places(labels, names);
        for (int index : from) {
            if (index < 0) {
                throw new IllegalArgumentException(labels + " are not " + names);
            }
        }
        return new LabelOrder(List.copyOf(names), from);
    }

    /** For each of the names the task's label, -1 where the task has none of it. */
    public int[] present() {
        int[] present = new int[names.size()];
        Arrays.fill(present, -1);
        for (int label = 0; label < from.length; label++) {
            present[from[label]] = label;
        }
        return present;
    }

    /** Scores in the saved order, brought to the task's. */
    public float[] apply(float[] scores) {
        float[] ordered = new float[from.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = scores[from[i]];
        }
        return ordered;
    }
}
