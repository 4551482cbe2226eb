package dev.cloze.processor.read;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.Precision;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** Reads the method, its own options and those of all methods, or the defaults where the task has no annotation for them. */
final class TuningReader {

    private final String defaultBackbone;
    private final List<MethodAnnotation> methods;

    /** Reads with the model that a task is checked with which names none, and with the annotations named after methods. */
    TuningReader(String defaultBackbone, List<MethodAnnotation> methods) {
        this.defaultBackbone = defaultBackbone;
        this.methods = methods;
    }

    /** An annotation that selects a method, as it stands on a class. */
    private record Selection(MethodAnnotation method, Annotation written) {

        List<Written<?>> options() {
            return method.options().stream()
                    .<Written<?>>map(option -> written.ofType(option.name(), option.type()))
                    .toList();
        }
    }

    /** @param verbalizer which says how scores of labels come from what is said at the mask */
    TuningModel read(
            TypeElement task,
            Optional<Annotation> tuning,
            Optional<Annotation> verbalizer,
            Place elsewhere,
            Report report) {
        List<Selection> selections = methods.stream()
                .flatMap(method -> Annotation.on(task, method.type()).stream().map(one -> new Selection(method, one)))
                .toList();
        selections.stream()
                .skip(1)
                .forEach(second -> report.error(
                        second.written().place(),
                        Message.SEVERAL_METHODS,
                        task.getSimpleName(),
                        selections.get(0).method().written(),
                        second.method().written()));
        Optional<Selection> selection = selections.stream().findFirst();
        selection.ifPresent(one ->
                tuning.filter(beside -> beside.isWritten("method")).ifPresent(beside -> agree(one, beside, report)));
        TuningMethod method = selection
                .map(one -> one.method().method())
                .or(() -> tuning.map(one -> one.constant("method", TuningMethod.class)))
                .orElse(TuningMethod.PROMPT_FINE_TUNING);
        List<Written<?>> own =
                new ArrayList<>(verbalizer.map(TuningReader::ofVerbalizer).orElse(List.of()));
        own.addAll(selection.map(Selection::options).orElse(List.of()));
        return tuning.map(one -> read(one, method, own)).orElseGet(() -> defaults(elsewhere, method, own));
    }

    private static List<Written<?>> ofVerbalizer(Annotation verbalizer) {
        return VerbalizerOptions.ALL.stream()
                .<Written<?>>map(option -> verbalizer.ofType(option.name(), option.type()))
                .toList();
    }

    /** To say twice what is selected is no fault. */
    private static void agree(Selection selection, Annotation tuning, Report report) {
        TuningMethod beside = tuning.constant("method", TuningMethod.class);
        if (beside != selection.method().method()) {
            report.error(
                    tuning.placeOf("method"),
                    Message.METHOD_BESIDE,
                    selection.method().written(),
                    selection.method().method(),
                    beside,
                    selection.method().written());
        }
    }

    private TuningModel read(Annotation tuning, TuningMethod method, List<Written<?>> own) {
        return new TuningModel(
                method,
                tuning.isWritten("backbone")
                        ? tuning.option("backbone", String.class)
                        : defaultBackbone(tuning.place()),
                tuning.option("promptLength", Integer.class),
                tuning.option("learningRate", Double.class),
                tuning.option("batchSize", Integer.class),
                tuning.option("maxSteps", Integer.class),
                tuning.option("maxLength", Integer.class),
                tuning.option("freezeBackbone", Boolean.class),
                tuning.choice("loss", LabelLoss.class),
                tuning.choice("precision", Precision.class),
                tuning.choice("compat", Compat.class),
                own);
    }

    /** The defaults of {@link Tuning}, with messages about them at the given place. */
    private TuningModel defaults(Place place, TuningMethod method, List<Written<?>> own) {
        return new TuningModel(
                method,
                defaultBackbone(place),
                new Written<>("promptLength", 0, false, place),
                new Written<>("learningRate", 0.0, false, place),
                new Written<>("batchSize", 0, false, place),
                new Written<>("maxSteps", 0, false, place),
                new Written<>("maxLength", 0, false, place),
                new Written<>("freezeBackbone", false, false, place),
                new Written<>("loss", LabelLoss.CROSS_ENTROPY, false, place),
                new Written<>("precision", Precision.FLOAT32, false, place),
                new Written<>("compat", Compat.PAPER, false, place),
                own);
    }

    private Written<String> defaultBackbone(Place place) {
        return new Written<>("backbone", defaultBackbone, false, place);
    }
}
