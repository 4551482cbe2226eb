package dev.cloze.processor.read;

import dev.cloze.annotations.Candidates;
import dev.cloze.annotations.Scale;
import dev.cloze.annotations.Spans;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Templates;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Reads a task from the annotations on its class. */
public final class TaskReader {

    /** Each makes its class a kind of task; a class has one of them at most. */
    private static final List<Class<? extends java.lang.annotation.Annotation>> KINDS =
            List.of(Verbalizer.class, Scale.class, Candidates.class);

    private final TemplateReader templates;
    private final VerbalizerReader verbalizers;
    private final TuningReader tunings;
    private final List<MethodAnnotation> methods;

    /**
     * Reads with the compiler's types; {@code isInSource} tells the elements a message can point at, {@code defaultBackbone}
     * is the model of tasks that name none, {@code methods} are the annotations named after methods.
     */
    public TaskReader(
            ProcessingEnvironment environment,
            Predicate<Element> isInSource,
            String defaultBackbone,
            List<MethodAnnotation> methods) {
        this.templates = new TemplateReader(environment);
        this.verbalizers = new VerbalizerReader(isInSource);
        this.tunings = new TuningReader(defaultBackbone, methods);
        this.methods = methods;
    }

    /**
     * What stands on a class.
     *
     * @param task as far as it can be told
     * @param isWhole whether it has a template and is of one kind; otherwise the report says what it lacks, and only what does
     *     not depend on the kind can be checked
     */
    public record Found(TaskModel task, boolean isWhole) {}

    /**
     * The task of this class.
     *
     * @throws TypeNotReady when it must be read again in a later round
     */
    public Found read(TypeElement type, Report report) {
        List<Annotation> written = templatesOn(type);
        Optional<Annotation> verbalizer = Annotation.on(type, Verbalizer.class);
        List<TemplateModel> parsed = TemplateReader.parse(written, report);
        var placeholders = templates.placeholders(type, parsed, report);
        Annotation first = written.isEmpty() ? anyOther(type) : written.get(0);
        if (written.isEmpty()) {
            report.error(first.place(), Message.TEMPLATE_MISSING, type.getSimpleName(), first.name());
        }
        boolean whole = !written.isEmpty() && !isOfNoKind(type, written, parsed, report);
        Optional<VerbalizerModel> labels = verbalizer.map(one -> verbalizers.read(one, report));
        TaskModel task = new TaskModel(
                type,
                labels.map(one -> withWords(parsed, written, one, report)).orElse(parsed),
                templates.components(type),
                placeholders,
                labels,
                Annotation.on(type, Scale.class).map(ScaleReader::read),
                Annotation.on(type, Spans.class).map(SpansReader::read),
                Annotation.on(type, Candidates.class).map(CandidatesReader::read),
                tunings.read(type, Annotation.on(type, Tuning.class), verbalizer, first.place(), report));
        return new Found(task, whole);
    }

    /** What makes a class a task that has no template. */
    private Annotation anyOther(TypeElement type) {
        return Stream.concat(
                        Stream.of(Verbalizer.class, Scale.class, Spans.class, Candidates.class, Tuning.class),
                        Stream.concat(methods.stream().map(MethodAnnotation::type), Stream.of(Templates.class)))
                .flatMap(one -> Annotation.on(type, one).stream())
                .findFirst()
                .orElseThrow();
    }

    /** Whether what is written makes the task none of the kinds, or several, which is reported. */
    private static boolean isOfNoKind(
            TypeElement type, List<Annotation> written, List<TemplateModel> parsed, Report report) {
        List<Annotation> kinds = KINDS.stream()
                .flatMap(kind -> Annotation.on(type, kind).stream())
                .toList();
        boolean words = written.stream().anyMatch(one -> one.isWritten("words"));
        boolean labels = Annotation.on(type, Verbalizer.class).isPresent();
        Place template = written.get(0).place();
        if (isOfNoSpans(type, parsed, template, report)) {
            return true;
        }
        if (kinds.size() > 1) {
            report.error(
                    kinds.get(1).place(),
                    Message.SEVERAL_KINDS,
                    type.getSimpleName(),
                    kinds.get(0).name(),
                    kinds.get(1).name());
        } else if (!labels && words && !kinds.isEmpty()) {
            report.error(
                    template,
                    Message.WORDS_BESIDE_KIND,
                    type.getSimpleName(),
                    kinds.get(0).name(),
                    kinds.get(0).name());
        } else if (kinds.isEmpty() && parsed.stream().anyMatch(TemplateModel::hasMask)) {
            report.error(template, Message.VERBALIZER_MISSING, type.getSimpleName());
        } else if (kinds.isEmpty() && words) {
            report.error(template, Message.WORDS_WITHOUT_LABELS, type.getSimpleName());
        } else {
            return false;
        }
        return true;
    }

    /** The same of what is written of spans. */
    private static boolean isOfNoSpans(TypeElement type, List<TemplateModel> parsed, Place template, Report report) {
        Optional<Annotation> scale = Annotation.on(type, Scale.class);
        Optional<Annotation> spans = Annotation.on(type, Spans.class);
        boolean marked = parsed.stream().anyMatch(TemplateModel::marksText);
        if (marked && scale.isPresent()) {
            report.error(scale.get().place(), Message.SPANS_BESIDE_SCALE, type.getSimpleName());
        } else if (marked && Annotation.on(type, Verbalizer.class).isEmpty()) {
            report.error(template, Message.SPANS_WITHOUT_LABELS, type.getSimpleName());
        } else if (!marked && spans.isPresent()) {
            report.error(spans.get().place(), Message.SPANS_WITHOUT_TEXT, type.getSimpleName());
        } else {
            return false;
        }
        return true;
    }

    /** One alone stands on the class, several in their container. */
    private static List<Annotation> templatesOn(TypeElement type) {
        List<Annotation> written =
                new ArrayList<>(Annotation.on(type, Template.class).stream().toList());
        Annotation.on(type, Templates.class)
                .ifPresent(container -> container.array("value").forEach(one -> written.add(container.inner(one))));
        return written;
    }

    private List<TemplateModel> withWords(
            List<TemplateModel> parsed, List<Annotation> written, VerbalizerModel labels, Report report) {
        return IntStream.range(0, parsed.size())
                .mapToObj(i -> verbalizers.withWords(parsed.get(i), written.get(i), labels, report))
                .toList();
    }
}
