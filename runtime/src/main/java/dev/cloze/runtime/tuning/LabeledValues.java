package dev.cloze.runtime.tuning;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.InputValues;
import java.util.List;
import java.util.Map;

/**
 * Labelled examples as methods see them.
 *
 * @param inputs for each, the text of every placeholder by path
 * @param labels for each, the index of its label
 */
public record LabeledValues(List<Map<String, String>> inputs, int[] labels) {

    public LabeledValues {
        inputs = List.copyOf(inputs);
    }

    /**
     * Examples of a task whose labels are among the task's.
     *
     * @param kind what an error calls them: {@code "training example"}
     */
    public static <I, L> LabeledValues of(ClassificationTask<I, L> task, List<Labeled<I, L>> examples, String kind) {
        List<L> labels = List.copyOf(task.labels().keySet());
        return new LabeledValues(
                new InputValues<>(examples.stream().map(Labeled::input).toList(), task.placeholders(), kind),
                examples.stream()
                        .mapToInt(example -> labels.indexOf(example.label()))
                        .toArray());
    }

    /** How many there are. */
    public int size() {
        return labels.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return labels.length == 0;
    }

    /** The share of them that is answered right, 0 to 1. */
    public double accuracy(LabelAnswers answers) {
        return accuracy(labels, answers.answer(inputs));
    }

    /** The share of the labels that is answered, 0 to 1. */
    public static double accuracy(int[] labels, List<LabelAnswer> given) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += given.get(i).best() == labels[i] ? 1 : 0;
        }
        return right / (double) labels.length;
    }
}
