package dev.cloze.processor.read;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import java.util.Optional;
import java.util.function.Predicate;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Reads a task from the annotations on its class. */
public final class TaskReader {

    private final TemplateReader templates;
    private final VerbalizerReader verbalizers;
    private final TuningReader tunings;

    /**
     * Reads with the compiler's types; {@code isInSource} tells the elements a message can point at, {@code defaultBackbone}
     * is the model of tasks that name none.
     */
    public TaskReader(ProcessingEnvironment environment, Predicate<Element> isInSource, String defaultBackbone) {
        this.templates = new TemplateReader(environment);
        this.verbalizers = new VerbalizerReader(isInSource);
        this.tunings = new TuningReader(defaultBackbone);
    }

    /**
     * The task of this class; nothing, and a report that says so, when an annotation is missing.
     *
     * @throws TypeNotReady when it must be read again in a later round
     */
    public Optional<TaskModel> read(TypeElement type, Report report) {
        Optional<Annotation> template = Annotation.on(type, Template.class);
        Optional<Annotation> verbalizer = Annotation.on(type, Verbalizer.class);
        Optional<Annotation> tuning = Annotation.on(type, Tuning.class);
        if (template.isEmpty()) {
            Annotation other = verbalizer.or(() -> tuning).orElseThrow();
            String name = other.mirror()
                    .getAnnotationType()
                    .asElement()
                    .getSimpleName()
                    .toString();
            report.error(other.place(), Message.TEMPLATE_MISSING, type.getSimpleName(), name);
            return Optional.empty();
        }
        TemplateModel parsed = TemplateReader.parse(template.get(), report);
        var placeholders = templates.placeholders(type, parsed, report);
        if (verbalizer.isEmpty() && parsed.hasMask()) {
            report.error(template.get().place(), Message.VERBALIZER_MISSING, type.getSimpleName());
            return Optional.empty();
        }
        return Optional.of(new TaskModel(
                type,
                parsed,
                templates.components(type),
                placeholders,
                verbalizer.map(one -> verbalizers.read(one, report)),
                tunings.read(tuning, template.map(Annotation::place).orElse(Place.of(type)))));
    }
}
