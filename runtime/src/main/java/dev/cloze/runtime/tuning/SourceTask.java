package dev.cloze.runtime.tuning;

import java.util.List;

/**
 * One of the tasks that something shared is trained on.
 *
 * @param name by which it is known among them
 * @param task its template and words, of the shared model
 * @param train at least one example of every label
 * @param dev other examples; empty where nothing is chosen by them
 * @param teacher the virtual tokens that the task alone was taught, as many as are shared; none where nobody teaches
 */
public record SourceTask(String name, LabelTask task, LabeledValues train, LabeledValues dev, List<float[]> teacher) {

    public SourceTask {
        teacher = List.copyOf(teacher);
    }
}
