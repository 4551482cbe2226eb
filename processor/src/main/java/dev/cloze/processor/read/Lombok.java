package dev.cloze.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.Visibility;
import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.TaskModel;
import java.util.Objects;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;

/** What Lombok does to the classes themselves. */
public final class Lombok {

    private static final String PACKAGE = "lombok.";

    private Lombok() {}

    /**
     * Whether the task reads a field that Lombok may make private, as {@code @Value} and {@code @FieldDefaults} do: it has done so in
     * the round after the one in which it sees the class, for which it asks itself.
     */
    public static boolean mayHideFieldOf(TaskModel task) {
        return task.placeholders().stream()
                .flatMap(placeholder -> placeholder.accessors().stream())
                .map(Accessor::member)
                .anyMatch(member -> isFieldWithoutModifier(member)
                        && isLombok(Objects.requireNonNull(member.getEnclosingElement())));
    }

    private static boolean isFieldWithoutModifier(Element member) {
        return member.getKind() == ElementKind.FIELD && Visibility.ofElement(member) == Visibility.DEFAULT;
    }

    private static boolean isLombok(Element type) {
        return type.getAnnotationMirrors().stream()
                .map(AnnotationMirror::getAnnotationType)
                .map(annotation ->
                        MoreElements.getPackage(annotation.asElement()).getQualifiedName() + ".")
                .anyMatch(name -> name.startsWith(PACKAGE));
    }
}
