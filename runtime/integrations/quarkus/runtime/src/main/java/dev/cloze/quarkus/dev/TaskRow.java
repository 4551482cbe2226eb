package dev.cloze.quarkus.dev;

import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.DeclaredTemplate;
import java.util.List;

/**
 * A task in the table.
 *
 * @param name as in the settings
 * @param kind classification, regression, cloze, extraction or text
 * @param type of its pipeline, with its type arguments
 * @param method that tunes it
 * @param archive what it is opened from, or "-"
 * @param state whether it can be asked
 * @param failure why it could not be opened the last time that was tried, or ""
 * @param templates with the label words of each
 * @param input an input without texts, as JSON
 */
public record TaskRow(
        String name,
        String kind,
        String type,
        String method,
        String archive,
        String state,
        String failure,
        List<Template> templates,
        String input) {

    /**
     * A template.
     *
     * @param text as declared
     * @param words of each label, {@code POSITIVE: great, good}
     */
    public record Template(String text, List<String> words) {}

    static TaskRow of(TaskStatus status, DeclaredPipeline<?> declared) {
        String arguments = String.join(
                ", ",
                declared.typeArguments().stream().map(Class::getSimpleName).toList());
        return new TaskRow(
                status.name(),
                status.kind(),
                declared.type().getSimpleName() + "<" + arguments + ">",
                declared.tuning().method().name(),
                status.archive() == null ? "-" : status.archive().toString(),
                status.state().name(),
                status.failure() == null ? "" : status.failure(),
                declared.templates().stream().map(TaskRow::template).toList(),
                InputJson.empty(declared.taskClass()));
    }

    private static Template template(DeclaredTemplate<?> declared) {
        return new Template(
                declared.text(),
                declared.words().entrySet().stream()
                        .map(label -> label.getKey() + ": " + String.join(", ", label.getValue()))
                        .toList());
    }
}
