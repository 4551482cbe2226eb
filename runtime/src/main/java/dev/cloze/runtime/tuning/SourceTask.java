package dev.cloze.runtime.tuning;

import java.util.List;

/** One of the tasks that something shared is trained on. */
public sealed interface SourceTask {

    /** By which it is known among them. */
    String name();

    /** Whether it has development examples. */
    boolean hasDev();

    /** The virtual tokens that the task alone was taught, as many as are shared; none where nobody teaches. */
    List<float[]> teacher();

    /**
     * One that chooses labels.
     *
     * @param task its template and words, of the shared model
     * @param train at least one example of every label
     * @param dev other examples; empty where nothing is chosen by them
     */
    record OfLabels(String name, LabelTask task, LabeledValues train, LabeledValues dev, List<float[]> teacher)
            implements SourceTask {

        public OfLabels {
            teacher = List.copyOf(teacher);
        }

        @Override
        public boolean hasDev() {
            return !dev.isEmpty();
        }
    }

    /**
     * One that writes texts.
     *
     * @param task its template, of the shared model
     * @param train at least one pair
     * @param dev other pairs; empty where nothing is chosen by them
     */
    record OfTexts(String name, WritingTask task, List<ValuePair> train, List<ValuePair> dev, List<float[]> teacher)
            implements SourceTask {

        public OfTexts {
            train = List.copyOf(train);
            dev = List.copyOf(dev);
            teacher = List.copyOf(teacher);
        }

        @Override
        public boolean hasDev() {
            return !dev.isEmpty();
        }
    }
}
