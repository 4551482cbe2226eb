package dev.cloze.runtime.tuning;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A classification as methods see it: inputs are texts of placeholders, labels are counted.
 *
 * @param name the task class's full name
 * @param templates at least one, each with the words it has for the labels
 * @param placeholders the paths of all templates, in the order of first use
 * @param labels in the order of their scores
 * @param multiTokenWords what becomes of words of several tokens
 * @param calibration how scores are calibrated
 * @param tuning method, backbone and options
 * @param ofWords whether each label is a word, which stands for itself; then no labels stand for all words of the model
 */
public record LabelTask(
        String name,
        List<DeclaredTemplate<Object>> templates,
        List<String> placeholders,
        List<Object> labels,
        MultiTokenWords multiTokenWords,
        Calibration calibration,
        TaskTuning tuning,
        boolean ofWords) {

    /** Of labels for which words stand. */
    public LabelTask(
            String name,
            List<DeclaredTemplate<Object>> templates,
            List<String> placeholders,
            List<Object> labels,
            MultiTokenWords multiTokenWords,
            Calibration calibration,
            TaskTuning tuning) {
        this(name, templates, placeholders, labels, multiTokenWords, calibration, tuning, false);
    }

    public LabelTask {
        templates = List.copyOf(templates);
        placeholders = List.copyOf(placeholders);
        labels = List.copyOf(labels);
        if (!ofWords) {
            LabelNames.requireUnlike(name, labels);
        }
    }

    /** The task as declared. */
    public static LabelTask of(ClassificationTask<?, ?> task) {
        return new LabelTask(
                task.name(),
                task.templates().stream().map(LabelTask::untyped).toList(),
                List.copyOf(task.placeholders().keySet()),
                List.copyOf(task.labels().keySet()),
                task.multiTokenWords(),
                task.calibration(),
                task.tuning());
    }

    /** The same task with one of its templates alone. */
    public LabelTask withTemplate(int index) {
        return new LabelTask(
                name,
                List.of(templates.get(index)),
                placeholders,
                labels,
                multiTokenWords,
                calibration,
                tuning,
                ofWords);
    }

    private static <L> DeclaredTemplate<Object> untyped(DeclaredTemplate<L> template) {
        return new DeclaredTemplate<>(template.text(), new LinkedHashMap<>(template.words()));
    }
}
