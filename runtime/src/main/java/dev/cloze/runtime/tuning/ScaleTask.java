package dev.cloze.runtime.tuning;

import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A regression as methods see it: to choose between two poles, the ends of a scale, more or less.
 *
 * @param poles the choice, of the labels {@link #LOW} and {@link #HIGH} in this order
 * @param scale what a choice means as a number
 */
public record ScaleTask(LabelTask poles, DeclaredScale scale) {

    /** The label of the lower end. */
    public static final String LOW = "low";

    /** The label of the upper end. */
    public static final String HIGH = "high";

    /** What a head of one number calls it. */
    private static final String VALUE = "value";

    /** The task as declared. */
    public static ScaleTask of(RegressionTask<?> task) {
        Map<Object, List<String>> words = new LinkedHashMap<>();
        words.put(LOW, List.of(task.scale().low()));
        words.put(HIGH, List.of(task.scale().high()));
        LabelTask poles = new LabelTask(
                task.name(),
                task.templates().stream()
                        .map(text -> new DeclaredTemplate<>(text, words))
                        .toList(),
                List.copyOf(task.placeholders().keySet()),
                List.copyOf(words.keySet()),
                task.multiTokenWords(),
                task.calibration(),
                task.tuning());
        return new ScaleTask(poles, task.scale());
    }

    /** The task of a head that says one number, without words. */
    public LabelTask number() {
        return new LabelTask(
                poles.name(),
                poles.templates().stream()
                        .map(template -> new DeclaredTemplate<>(template.text(), Map.of()))
                        .toList(),
                poles.placeholders(),
                List.of(VALUE),
                poles.multiTokenWords(),
                poles.calibration(),
                poles.tuning());
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return poles.tuning();
    }
}
