package dev.cloze.runtime.workbench.task;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.annotations.syntax.TemplateSyntaxException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classification without a Java class: its templates name columns of a file.
 *
 * @param templates as in {@code @Template}
 * @param labels the words of each label, none for methods that read no words
 * @param model a model's name or folder
 * @param method how it is tuned
 * @param multiTokenWords what becomes of words of several tokens
 * @param calibration how scores are calibrated
 * @param settings options by name, as they are written
 * @param templateWords for each template the words that its labels have there, none where they have those of the labels; an empty
 *     list where no template has any
 */
public record SpokenTask(
        List<String> templates,
        Map<String, List<String>> labels,
        String model,
        TuningMethod method,
        MultiTokenWords multiTokenWords,
        Calibration calibration,
        Map<String, String> settings,
        List<Map<String, List<String>>> templateWords) {

    /** Of templates that all have the words of the labels. */
    public SpokenTask(
            List<String> templates,
            Map<String, List<String>> labels,
            String model,
            TuningMethod method,
            MultiTokenWords multiTokenWords,
            Calibration calibration,
            Map<String, String> settings) {
        this(templates, labels, model, method, multiTokenWords, calibration, settings, List.of());
    }

    public SpokenTask {
        templates = List.copyOf(templates);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        templateWords = List.copyOf(templateWords);
    }

    /** What a model goes on with, as it is. */
    public static SpokenTask writer(String template, String model) {
        return new SpokenTask(
                List.of(template),
                Map.of(),
                model,
                TuningMethod.PROMPT_FINE_TUNING,
                MultiTokenWords.JOINT,
                Calibration.NONE,
                Map.of());
    }

    /** The same with other templates. */
    public SpokenTask withTemplates(List<String> others) {
        return new SpokenTask(others, labels, model, method, multiTokenWords, calibration, settings);
    }

    /** The same task as the runtime knows it. */
    public ClassificationTask<DataRow, String> declared() {
        ClassificationTask.Builder<DataRow, String> built = ClassificationTask.of(DataRow.class, String.class)
                .multiTokenWords(multiTokenWords)
                .calibration(calibration)
                .tuning(tuning());
        for (int i = 0; i < templates.size(); i++) {
            built.template(templates.get(i), templateWords.isEmpty() ? Map.of() : templateWords.get(i));
        }
        columns().forEach(column -> built.placeholder(column, row -> row.get(column)));
        labels.forEach((label, words) -> built.label(label, words.toArray(String[]::new)));
        return built.build();
    }

    /** Its first template as the runtime knows it, where texts are written in place of labels. */
    public TextTask<DataRow> writing() {
        TextTask.Builder<DataRow> built =
                TextTask.of(DataRow.class).template(templates.get(0)).tuning(tuning());
        columns().forEach(column -> built.placeholder(column, row -> row.get(column)));
        return built.build();
    }

    /** The columns that the templates read, in the order of first use. */
    public List<String> columns() {
        return parts().stream()
                .filter(TemplatePart.Placeholder.class::isInstance)
                .map(part -> ((TemplatePart.Placeholder) part).path())
                .distinct()
                .toList();
    }

    /** The parts of all templates. */
    List<TemplatePart> parts() {
        return templates.stream().flatMap(template -> parts(template).stream()).toList();
    }

    private static List<TemplatePart> parts(String template) {
        try {
            return TemplateSyntax.parse(template);
        } catch (TemplateSyntaxException e) {
            throw new ClozeException(
                    Problem.TEMPLATE_SYNTAX, "The template \"" + template + "\" can't be read: " + e.details(), e);
        }
    }

    /** Method, model and options. */
    public TaskTuning tuning() {
        TaskTuning tuning = TaskTuning.of(method, model);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!Settings.isOfTraining(setting.getKey())) {
                tuning = tuning.with(setting.getKey(), Settings.ofMethod(method, setting.getKey(), setting.getValue()));
            }
        }
        return tuning;
    }

    /** Training options changed by those of the settings that no annotation has, such as the seed. */
    public TrainingOptions trained(TrainingOptions options) {
        TrainingOptions changed = options;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            changed = Settings.onTraining(changed, setting.getKey(), setting.getValue());
        }
        return changed;
    }
}
