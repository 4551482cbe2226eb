package dev.cloze.processor.read;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.AnnotationValues;
import com.google.auto.common.MoreElements;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.type.DeclaredType;

/** An annotation on an element, read value by value. */
record Annotation(AnnotationMirror mirror, Place place) {

    /** The element's annotation of this type, if it has one. */
    static Optional<Annotation> on(Element element, Class<? extends java.lang.annotation.Annotation> type) {
        return MoreElements.getAnnotationMirror(element, type)
                .toJavaUtil()
                .map(mirror -> new Annotation(mirror, Place.of(element, mirror)));
    }

    /** Its simple name. */
    String name() {
        return mirror.getAnnotationType().asElement().getSimpleName().toString();
    }

    /** An annotation that is a value of this one. */
    Annotation inner(AnnotationValue value) {
        return new Annotation(AnnotationValues.getAnnotationMirror(value), place.at(value));
    }

    /**
     * The value of this name.
     *
     * @throws TypeNotReady where it is a constant of a class that does not exist yet
     */
    AnnotationValue value(String name) {
        return ready(AnnotationMirrors.getAnnotationValue(mirror, name));
    }

    /** A constant that javac can't find has this text, which a string would have in quotes. */
    private static AnnotationValue ready(AnnotationValue value) {
        if (value.toString().equals("<error>")) {
            throw new TypeNotReady("a constant");
        }
        return value;
    }

    /** Where the value is written, or the annotation where it is left out. */
    Place placeOf(String name) {
        return isWritten(name) ? place.at(value(name)) : place;
    }

    boolean isWritten(String name) {
        return mirror.getElementValues().keySet().stream()
                .anyMatch(method -> method.getSimpleName().contentEquals(name));
    }

    String string(String name) {
        return AnnotationValues.getString(value(name));
    }

    DeclaredType type(String name) {
        return AnnotationValues.getTypeMirror(value(name));
    }

    List<AnnotationValue> array(String name) {
        List<AnnotationValue> values = AnnotationValues.getAnnotationValues(value(name));
        values.forEach(Annotation::ready);
        return values;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(
                type, AnnotationValues.getEnum(value(name)).getSimpleName().toString());
    }

    /** An enum constant together with its place. */
    <E extends Enum<E>> Written<E> choice(String name, Class<E> type) {
        return new Written<>(name, constant(name, type), isWritten(name), placeOf(name));
    }

    /** A value of any type that an option can have, together with its place: a list is written as an array of texts. */
    Written<?> ofType(String name, Class<?> type) {
        Object value;
        if (type.isEnum()) {
            value = constant(name, type.asSubclass(Enum.class));
        } else if (type == List.class) {
            value = array(name).stream().map(AnnotationValues::getString).toList();
        } else {
            value = value(name).getValue();
        }
        return new Written<>(name, value, isWritten(name), placeOf(name));
    }

    /** A value together with its place. */
    <T> Written<T> option(String name, Class<T> type) {
        return new Written<>(name, type.cast(value(name).getValue()), isWritten(name), placeOf(name));
    }
}
