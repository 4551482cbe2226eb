package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.TextExample;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A data set and how a model is asked.
 *
 * @param backbone the model's name
 * @param name the data set's name
 * @param template the template, of the placeholders {@code title} and {@code text}
 * @param words the label words by label, in the labels' order
 * @param splits sixteen examples a label to train on and sixteen to choose by, by seed
 * @param test what is measured on
 */
record AccuracyTask(
        String backbone,
        String name,
        String template,
        Map<String, List<String>> words,
        IntFunction<FewShotSplit<TextExample>> splits,
        List<TextExample> test) {

    /** The declaration that an annotated class would give. */
    ClassificationTask<TextExample, String> declared(Calibration calibration) {
        ClassificationTask.Builder<TextExample, String> task = ClassificationTask.of(TextExample.class, String.class)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, backbone))
                .template(template);
        if (template.contains("{title}")) {
            task.placeholder("title", TextExample::title);
        }
        task.placeholder("text", TextExample::text);
        words.forEach((label, labelWords) -> task.label(label, labelWords.toArray(String[]::new)));
        return task.calibration(calibration).build();
    }

    /** The share of the test set that has its commonest label, 0 to 1. */
    double majority() {
        return words.keySet().stream()
                        .mapToLong(label -> test.stream()
                                .filter(example -> example.label().equals(label))
                                .count())
                        .max()
                        .orElseThrow()
                / (double) test.size();
    }

    static List<Labeled<TextExample, String>> labeled(List<TextExample> examples) {
        return examples.stream()
                .map(example -> new Labeled<>(example, example.label()))
                .toList();
    }
}
