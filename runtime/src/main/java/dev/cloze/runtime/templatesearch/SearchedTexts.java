package dev.cloze.runtime.templatesearch;

import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.template.TextFilters;
import dev.cloze.runtime.tuning.LabelTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The placeholders of a task's first template, each once, with the filters it has there.
 *
 * @param placeholders in the order written, at least one
 * @param written each as it is written there, braces included
 */
record SearchedTexts(List<Placeholder> placeholders, List<String> written) {

    /** Those of this task; {@code TEMPLATE_NO_PLACEHOLDER} where there is none. */
    static SearchedTexts of(LabelTask task) {
        String template = task.templates().get(0).text();
        Map<String, Placeholder> byPath = new LinkedHashMap<>();
        TaskTemplate.parse(template, task.tuning().method()).stream()
                .filter(Placeholder.class::isInstance)
                .map(Placeholder.class::cast)
                .forEach(placeholder -> byPath.putIfAbsent(placeholder.path(), placeholder));
        if (byPath.isEmpty()) {
            throw new ClozeException(
                    Problem.TEMPLATE_NO_PLACEHOLDER,
                    "The template \"" + template
                            + "\" has no placeholder, so that there is nothing to write templates for."
                            + "\n  Templates are searched for the placeholders of the first template of " + task.name()
                            + ".\n  Write what is read of the input, such as {text}.");
        }
        List<Placeholder> placeholders = new ArrayList<>(byPath.values());
        return new SearchedTexts(
                placeholders,
                placeholders.stream()
                        .map(placeholder -> written(template, placeholder.column() - 1))
                        .toList());
    }

    private static String written(String template, int from) {
        return template.substring(from, template.indexOf('}', from) + 1);
    }

    /** How many there are. */
    int size() {
        return placeholders.size();
    }

    private int split(SpanForm form) {
        return form.hasTextAfter() ? size() - 1 : size();
    }

    /** What stands before the spans of an input: all placeholders but the last, or all where nothing stands behind. */
    String before(SpanForm form, Map<String, String> values) {
        return placeholders.subList(0, split(form)).stream()
                .map(placeholder -> TextFilters.text(placeholder, values))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** What stands behind the spans of an input: the last placeholder. */
    String after(SpanForm form, Map<String, String> values) {
        return form.hasTextAfter() ? TextFilters.text(placeholders.get(size() - 1), values) : "";
    }

    /** The placeholders before the spans, as a template has them. */
    String writtenBefore(SpanForm form) {
        return String.join(" ", written.subList(0, split(form)));
    }

    /** The placeholder behind the spans, as a template has it. */
    String writtenAfter(SpanForm form) {
        return form.hasTextAfter() ? written.get(size() - 1) : "";
    }
}
