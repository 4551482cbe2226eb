package dev.cloze.processor.read;

import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.annotations.syntax.TemplateSyntaxException;
import dev.cloze.problem.NearestName;
import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.PlaceholderModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Parses a template and finds how each component it names is read from the task class. */
final class TemplateReader {

    /** What other frameworks call the text to be written, in their templates. */
    private static final String TARGET = "target";

    private final ProcessingEnvironment environment;

    TemplateReader(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /** The templates in the order written; a message about one of several says which it is, as javac points at the class. */
    static List<TemplateModel> parse(List<Annotation> templates, Report report) {
        List<TemplateModel> parsed = new ArrayList<>();
        for (Annotation template : templates) {
            int number = parsed.size() + 1;
            String note =
                    templates.size() == 1 ? "" : "Template " + number + " is \"" + template.string("value") + "\".";
            parsed.add(parse(number, template, note, report));
        }
        return parsed;
    }

    private static TemplateModel parse(int number, Annotation template, String note, Report report) {
        String text = template.string("value");
        Place place = template.placeOf("value").noted(note);
        Optional<List<TemplatePart>> parts = Optional.empty();
        try {
            parts = Optional.of(TemplateSyntax.parse(text));
        } catch (TemplateSyntaxException e) {
            report.error(place, e);
        }
        return new TemplateModel(number, text, parts, Optional.empty(), place);
    }

    /** The names of all components of a task class, to be named in a template. */
    List<String> components(TypeElement task) {
        return List.copyOf(new ComponentFinder(environment, task).names(task.asType()));
    }

    /** The placeholders that can be read, each path once; the others are reported once for each template. */
    List<PlaceholderModel> placeholders(TypeElement task, List<TemplateModel> templates, Report report) {
        Map<String, PlaceholderModel> found = new LinkedHashMap<>();
        // Where spans are labelled, {span} is the one asked about.
        Set<String> others =
                templates.stream().anyMatch(TemplateModel::marksText) ? Set.of(TemplateSyntax.SPAN) : Set.of();
        for (TemplateModel template : templates) {
            Set<String> seen = new HashSet<>(found.keySet());
            seen.addAll(others);
            for (Placeholder placeholder : template.all(Placeholder.class)) {
                if (seen.add(placeholder.path())) {
                    new Path(task, template, placeholder, report)
                            .read()
                            .ifPresent(one -> found.put(placeholder.path(), one));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** One placeholder's way from the task class to its value. */
    private final class Path {
        private final ComponentFinder components;
        private final TemplateModel template;
        private final Placeholder placeholder;
        private final Report report;
        private TypeMirror owner;
        private int column;

        Path(TypeElement task, TemplateModel template, Placeholder placeholder, Report report) {
            this.components = new ComponentFinder(environment, task);
            this.template = template;
            this.placeholder = placeholder;
            this.report = report;
            this.owner = task.asType();
            this.column = placeholder.column() + 1;
        }

        Optional<PlaceholderModel> read() {
            List<Accessor> accessors = new ArrayList<>();
            for (String component : placeholder.path().split("\\.")) {
                Optional<Accessor> accessor = step(component);
                if (accessor.isEmpty()) {
                    return Optional.empty();
                }
                accessors.add(accessor.get());
                owner = components.valueOf(accessor.get());
                column += component.length() + 1;
            }
            return Optional.of(new PlaceholderModel(
                    placeholder.path(), template.at(placeholder.column()), template.place(), accessors));
        }

        private Optional<Accessor> step(String component) {
            ComponentFinder.Found found = components.find(owner, component);
            if (found.accessor().isEmpty()) {
                String name = Names.of(owner);
                found.obstacle()
                        .ifPresentOrElse(
                                obstacle -> report.error(
                                        template.place(),
                                        Message.ACCESSOR_MISSING,
                                        component,
                                        template.at(column),
                                        name,
                                        obstacle.reason(),
                                        obstacle.cure()),
                                () -> unknown(component, name));
            }
            return found.accessor();
        }

        private void unknown(String component, String name) {
            TreeSet<String> names = components.names(owner);
            TreeSet<String> candidates = new TreeSet<>(names);
            if (component.equals(placeholder.path())) {
                candidates.addAll(TemplateSyntax.KEYWORDS);
            }
            String suggestion = NearestName.suggestion(component, candidates);
            String known = names.isEmpty()
                    ? name + " has no component: give it a record component, a getter or a public field."
                    : name + " has: " + String.join(", ", names) + ".";
            if (placeholder.path().equals(TARGET) && !template.hasMask()) {
                report.error(
                        template.place(), Message.TARGET_PLACEHOLDER, template.at(column), name, suggestion, known);
            } else {
                report.error(
                        template.place(),
                        Message.UNKNOWN_PLACEHOLDER,
                        component,
                        template.at(column),
                        name,
                        suggestion,
                        known);
            }
        }
    }
}
