package dev.cloze.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import com.google.auto.common.MoreElements;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.cloze.annotations.Candidates;
import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Scale;
import dev.cloze.annotations.Spans;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Templates;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.read.Lombok;
import dev.cloze.processor.read.TaskReader;
import dev.cloze.processor.read.TypeNotReady;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.validate.Validator;
import dev.cloze.processor.write.PipelineWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * Takes each task through reading, checking and writing; a task that isn't ready comes again in the next round.
 *
 * <p>One that is wrong is told so in the last round alone, and looked at in each before: Lombok adds getters to the classes
 * themselves, and may come behind this processor. One that reads a field it may make private is written in the second round.
 */
final class TaskStep implements BasicAnnotationProcessor.Step {

    /** Several templates reach the compiler as their container alone. */
    private static final List<Class<?>> OF_ALL_METHODS = List.of(
            Template.class,
            Templates.class,
            Verbalizer.class,
            Scale.class,
            Spans.class,
            Candidates.class,
            Tuning.class);

    private static final int FRAMES_SHOWN = 5;

    /** The compiler option that has tasks without a backbone checked with the quick model. */
    static final String QUICK = "cloze.quick";

    private final ProcessingEnvironment environment;
    private final Set<String> onTasks;
    private final TaskReader reader;
    private final List<Validator> validators;
    private final PipelineWriter writer;

    /** Constants with label words in the sources of this compile, by name: elements do not outlive a round. */
    private final Set<String> constantsInSource = new HashSet<>();

    /** Tasks that are looked at again after earlier rounds, by name: elements do not outlive a round. */
    private final Set<String> waiting = new LinkedHashSet<>();

    /** Those of this round. */
    private final Set<String> again = new LinkedHashSet<>();

    private boolean isFirstRound = true;

    TaskStep(
            ProcessingEnvironment environment,
            List<MethodAnnotation> methods,
            List<Validator> validators,
            PipelineWriter writer) {
        this.environment = environment;
        this.onTasks = Stream.concat(OF_ALL_METHODS.stream(), methods.stream().map(MethodAnnotation::type))
                .map(Class::getCanonicalName)
                .collect(Collectors.toUnmodifiableSet());
        this.reader = new TaskReader(
                environment,
                element -> constantsInSource.contains(nameOf(element)),
                defaultBackbone(environment.getOptions()),
                methods);
        this.validators = validators;
        this.writer = writer;
    }

    /** The quick model where the option is given, with any value but {@code false}. */
    private static String defaultBackbone(Map<String, String> options) {
        boolean quick = options.containsKey(QUICK) && !"false".equalsIgnoreCase(options.get(QUICK));
        return quick ? Tuning.QUICK_BACKBONE : Tuning.DEFAULT_BACKBONE;
    }

    @Override
    public ImmutableSet<String> annotations() {
        return ImmutableSet.<String>builder()
                .addAll(onTasks.stream().sorted().toList())
                .add(LabelWords.class.getName())
                .build();
    }

    @Override
    public ImmutableSet<? extends Element> process(ImmutableSetMultimap<String, Element> annotated) {
        annotated.get(LabelWords.class.getName()).forEach(this::labelWords);
        Set<TypeElement> tasks = annotated.entries().stream()
                .filter(entry -> onTasks.contains(entry.getKey()))
                .map(entry -> MoreElements.asType(entry.getValue()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return tasks.stream()
                .filter(task -> attempt(task, false, again) == Outcome.NOT_READY)
                .collect(ImmutableSet.toImmutableSet());
    }

    /** Looks anew at what waits since earlier rounds; where this one is the last, says what is still wrong. */
    void endRound(boolean last) {
        isFirstRound = false;
        Set<String> waited = new LinkedHashSet<>(waiting);
        waiting.clear();
        waiting.addAll(again);
        again.clear();
        for (String name : waited) {
            TypeElement task = environment.getElementUtils().getTypeElement(name);
            if (task != null && attempt(task, last, waiting) == Outcome.NOT_READY) {
                waiting.add(name);
            }
        }
    }

    private enum Outcome {
        DONE,
        AGAIN,
        NOT_READY
    }

    private interface Work {
        /** Whether there is nothing to wait for but what the report says. */
        boolean reportTo(Report report) throws IOException;
    }

    private void labelWords(Element element) {
        attempt(element, element.getSimpleName(), true, report -> {
            if (element.getKind() == ElementKind.ENUM_CONSTANT) {
                constantsInSource.add(nameOf(element));
            } else {
                report.error(Place.of(element), Message.LABEL_WORDS_ON_FIELD, element.getSimpleName());
            }
            return true;
        });
    }

    /** @param later takes its name where it is to be looked at again */
    private Outcome attempt(TypeElement type, boolean last, Set<String> later) {
        Outcome outcome = attempt(type, Names.of(type), last, report -> {
            TaskReader.Found found = reader.read(type, report);
            if (isFirstRound && Lombok.mayHideFieldOf(found.task())) {
                return false;
            }
            validators.stream()
                    .filter(validator -> found.isWhole() || !validator.asksForKind())
                    .forEach(validator -> validator.check(found.task(), report));
            if (found.isWhole() && report.isClean()) {
                write(found.task(), report);
            }
            return true;
        });
        if (outcome == Outcome.AGAIN) {
            later.add(type.getQualifiedName().toString());
        }
        return outcome;
    }

    /** The element fails alone, whatever happens on the way. */
    private Outcome attempt(Element element, CharSequence name, boolean last, Work work) {
        Report report = new Report(element);
        try {
            boolean settled = work.reportTo(report);
            if (!last && !(settled && report.isClean())) {
                return Outcome.AGAIN;
            }
            report.print(environment.getMessager());
        } catch (TypeNotReady e) {
            return Outcome.NOT_READY;
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            report.error(Place.of(element), Message.INTERNAL_ERROR, name, e, frames(e));
            report.print(environment.getMessager());
        }
        return Outcome.DONE;
    }

    private void write(TaskModel task, Report report) throws IOException {
        try {
            writer.write(task);
        } catch (FilerException e) {
            String name = Names.pipelineOf(task.type()).simpleName();
            report.error(task.place(), Message.NAME_TAKEN, name, task.name());
        }
    }

    private static String frames(Throwable fault) {
        return Arrays.stream(fault.getStackTrace())
                .limit(FRAMES_SHOWN)
                .map(frame -> "at " + frame)
                .collect(Collectors.joining("\n"));
    }

    private static String nameOf(Element constant) {
        return constant.getEnclosingElement() + "." + constant.getSimpleName();
    }
}
