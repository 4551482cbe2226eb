package dev.cloze.runtime.tuning;

import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;
import java.util.Map;

/**
 * A cloze as methods see it: to choose among labels that are words.
 *
 * @param labels the choice, of the candidates, or of no labels where all words of the model are ranked
 */
public record WordTask(LabelTask labels) {

    /** The task as declared. */
    public static WordTask of(ClozeTask<?> task) {
        return new WordTask(new LabelTask(
                task.name(),
                task.templates().stream()
                        .map(text -> new DeclaredTemplate<>(text, Map.of()))
                        .toList(),
                List.copyOf(task.placeholders().keySet()),
                List.copyOf(task.candidates()),
                task.multiTokenWords(),
                task.calibration(),
                task.tuning(),
                true));
    }

    /** The same task with one of its templates alone. */
    public WordTask withTemplate(int index) {
        return new WordTask(labels.withTemplate(index));
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return labels.tuning();
    }
}
