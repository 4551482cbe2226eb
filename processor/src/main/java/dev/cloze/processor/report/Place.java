package dev.cloze.processor.report;

import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Where a message belongs: an element, an annotation on it, or one value of that annotation.
 *
 * @param note what the message has to say of the place, where a compiler can't point at it; empty elsewhere
 */
public record Place(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value,
        String note) {

    /** The element's name. */
    public static Place of(Element element) {
        return new Place(element, null, null, "");
    }

    /** The annotation on the element. */
    public static Place of(Element element, AnnotationMirror annotation) {
        return new Place(element, annotation, null, "");
    }

    /** A value of this place's annotation, however deep inside it. */
    public Place at(AnnotationValue inner) {
        return new Place(element, annotation, inner, note);
    }

    /** The same place, of which messages say this. */
    public Place noted(String words) {
        return new Place(element, annotation, value, words);
    }

    void print(Messager messager, Diagnostic.Kind kind, String message) {
        if (annotation == null) {
            messager.printMessage(kind, message, element);
        } else if (value == null) {
            messager.printMessage(kind, message, element, annotation);
        } else {
            messager.printMessage(kind, message, element, annotation, value);
        }
    }
}
