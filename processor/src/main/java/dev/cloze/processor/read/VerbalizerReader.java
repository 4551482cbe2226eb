package dev.cloze.processor.read;

import com.google.auto.common.AnnotationValues;
import com.google.auto.common.MoreTypes;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.problem.NearestName;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** Reads the labels of a task and their words, from the task and from the label enum. */
final class VerbalizerReader {

    private final Predicate<Element> isInSource;

    VerbalizerReader(Predicate<Element> isInSource) {
        this.isInSource = isInSource;
    }

    VerbalizerModel read(Annotation verbalizer, Report report) {
        DeclaredType named = verbalizer.type("labels");
        TypeElement type = MoreTypes.asTypeElement(named);
        List<Element> constants = type.getEnclosedElements().stream()
                .filter(element -> element.getKind() == ElementKind.ENUM_CONSTANT)
                .map(Element.class::cast)
                .toList();
        if (named.getKind() == TypeKind.ERROR || !constants.stream().allMatch(VerbalizerReader::isReady)) {
            throw new TypeNotReady(type.toString());
        }
        Map<String, Annotation> ofTask = wordsByLabel(verbalizer, "value", type, names(constants), "", report);
        Place place = verbalizer.placeOf("labels");
        List<LabelModel> labels = constants.stream()
                .map(constant -> label(constant, ofTask, place, report))
                .toList();
        return new VerbalizerModel(
                type,
                labels,
                verbalizer.constant("multiTokenWords", MultiTokenWords.class),
                verbalizer.constant("calibration", Calibration.class),
                place);
    }

    /** Of what else is written on it the class may be missing, as javac takes an enum of a jar. */
    private static boolean isReady(Element constant) {
        return Annotation.on(constant, LabelWords.class).stream().allMatch(words -> words.isWritten("value"));
    }

    /** The template with the words that are written in it, of which it has one list for every label or none. */
    TemplateModel withWords(TemplateModel template, Annotation written, VerbalizerModel verbalizer, Report report) {
        if (!written.isWritten("words")) {
            return template;
        }
        List<String> names = verbalizer.labels().stream().map(LabelModel::name).toList();
        String note = template.place().note();
        Map<String, Annotation> words = wordsByLabel(written, "words", verbalizer.type(), names, note, report);
        Place place = written.placeOf("words");
        List<String> missing =
                names.stream().filter(name -> !words.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            report.error(
                    place.noted(note),
                    Message.WORDS_INCOMPLETE,
                    template.number(),
                    verbalizer.name(),
                    String.join(", ", missing) + (missing.size() == 1 ? " is" : " are"),
                    String.join(", ", names));
        }
        return template.withWords(names.stream()
                .flatMap(name -> Stream.ofNullable(words.get(name)).map(own -> label(name, own, Optional.empty())))
                .map(label -> label.noted(note))
                .toList());
    }

    /** The label words written in that member, by label; messages say the note of their place. */
    private static Map<String, Annotation> wordsByLabel(
            Annotation written, String member, TypeElement type, List<String> names, String note, Report report) {
        Map<String, Annotation> words = new LinkedHashMap<>();
        for (AnnotationValue value : written.array(member)) {
            Annotation labelWords = written.inner(value);
            String label = labelWords.string("label");
            Place place = labelWords.placeOf("label").noted(note);
            if (label.isEmpty()) {
                report.error(place, Message.UNNAMED_LABEL, type.getSimpleName(), String.join(", ", names));
            } else if (!names.contains(label)) {
                report.error(
                        place,
                        Message.UNKNOWN_LABEL,
                        label,
                        type.getSimpleName(),
                        NearestName.suggestion(label, names),
                        String.join(", ", names));
            } else if (words.putIfAbsent(label, labelWords) != null) {
                report.error(place, Message.REPEATED_LABEL, label);
            }
        }
        return words;
    }

    private LabelModel label(Element constant, Map<String, Annotation> ofTask, Place elsewhere, Report report) {
        String name = constant.getSimpleName().toString();
        if (ofTask.containsKey(name)) {
            return label(name, ofTask.get(name), Optional.empty());
        }
        Optional<Annotation> onConstant = Annotation.on(constant, LabelWords.class);
        if (onConstant.isEmpty()) {
            return new LabelModel(name, Optional.empty(), elsewhere);
        }
        // An enum from the class path has no source line to show: the task's mention of it is the nearest place.
        Optional<Place> instead = isInSource.test(constant) ? Optional.empty() : Optional.of(elsewhere);
        Annotation words = onConstant.get();
        String named = words.string("label");
        if (!named.isEmpty() && !named.equals(name)) {
            report.error(instead.orElse(words.placeOf("label")), Message.LABEL_OF_ANOTHER, name, named);
        }
        return label(name, words, instead);
    }

    private static LabelModel label(String name, Annotation labelWords, Optional<Place> instead) {
        List<LabelWord> words = labelWords.array("value").stream()
                .map(value -> new LabelWord(
                        AnnotationValues.getString(value),
                        instead.orElse(labelWords.place().at(value))))
                .toList();
        return new LabelModel(name, Optional.of(words), instead.orElse(labelWords.placeOf("value")));
    }

    private static List<String> names(List<Element> constants) {
        return constants.stream()
                .map(constant -> constant.getSimpleName().toString())
                .toList();
    }
}
