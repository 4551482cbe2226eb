package dev.cloze.processor.validate;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.syntax.MaskSpellings;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A template to write instead, with the components of the task's own class. */
final class ExampleTemplate {

    /** More would not be read at a glance. */
    private static final int MOST_COMPONENTS = 3;

    private ExampleTemplate() {}

    /**
     * One with a mask: the template itself where it only spells the mask as models do, or else an example of the task's kind of
     * the components that the template names, or, where it names none, of those the class has.
     */
    static String withMask(TemplateModel template, TaskModel task) {
        if (MaskSpellings.in(template.text()).isPresent()) {
            return MaskSpellings.replaced(template.text());
        }
        List<String> components = components(template, task);
        String all = inBraces(components);
        if (task.kind() == TaskKind.EXTRACTION) {
            return ofSpans(template, task);
        }
        if (task.kind() == TaskKind.REGRESSION && components.size() == 2) {
            return "{" + components.get(0) + "} {mask}, {" + components.get(1) + "}";
        }
        return all + (task.kind() == TaskKind.CLOZE ? "is {mask}." : "It was {mask}.");
    }

    /** One that asks about a span of the text it marks. */
    static String ofSpans(TemplateModel template, TaskModel task) {
        Optional<String> text = template.texts().stream().findFirst();
        String name = text.orElseGet(
                () -> task.components().isEmpty() ? "text" : task.components().get(0));
        return "{" + name + "|spans} {span} is a {mask} name.";
    }

    /** The first of the components that the class has, each in braces, a space behind each. */
    static String allOf(TaskModel task) {
        return inBraces(first(task.components()));
    }

    private static String inBraces(List<String> components) {
        return components.stream().map(name -> "{" + name + "} ").collect(Collectors.joining());
    }

    private static List<String> first(List<String> components) {
        return components.subList(0, Math.min(components.size(), MOST_COMPONENTS));
    }

    private static List<String> components(TemplateModel template, TaskModel task) {
        List<String> named = template.all(Placeholder.class).stream()
                .map(Placeholder::path)
                .distinct()
                .filter(path -> task.placeholders().stream()
                        .anyMatch(placeholder -> placeholder.path().equals(path)))
                .toList();
        return first(named.isEmpty() ? task.components() : named);
    }
}
