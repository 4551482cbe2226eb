package dev.cloze.processor.report;

import com.google.auto.common.MoreElements;
import dev.cloze.problem.Problem;
import java.util.stream.Stream;
import javax.lang.model.element.Element;

/** Warnings that nobody wants: {@code @SuppressWarnings("cloze")}, or {@code @SuppressWarnings("TemplateTooLong")} for one code. */
final class Silenced {

    private static final String ALL = "cloze";

    private Silenced() {}

    /** Whether warnings of this problem are silenced on the element or on one around it. */
    static boolean on(Element element, Problem problem) {
        return Stream.<Element>iterate(element, one -> one != null, Element::getEnclosingElement)
                .flatMap(one -> MoreElements.getAnnotationMirror(one, SuppressWarnings.class).toJavaUtil().stream())
                .flatMap(mirror -> mirror.getElementValues().values().stream())
                // As it is written, so that what javac itself refuses in the annotation is no fault here.
                .map(Object::toString)
                .anyMatch(value -> value.contains('"' + ALL + '"') || value.contains('"' + problem.code() + '"'));
    }
}
