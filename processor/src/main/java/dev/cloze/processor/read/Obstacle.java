package dev.cloze.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import com.google.auto.common.Visibility;
import dev.cloze.processor.model.Names;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Why generated code cannot read a member that has a component's name, and what to write instead. */
record Obstacle(String reason, String cure) {

    /** What keeps the task's pipeline from reading the member as a component of its owner; nothing if it can. */
    static Optional<Obstacle> to(Element member, TypeMirror owner, String component, TypeElement task) {
        return reason(member, MoreTypes.asTypeElement(owner), task)
                .map(reason -> new Obstacle(reason, getter(member, component)));
    }

    private static Optional<String> reason(Element member, TypeElement owner, TypeElement task) {
        PackageElement reader = MoreElements.getPackage(task);
        String shown = member.getKind() == ElementKind.METHOD ? member + "" : "the field " + member.getSimpleName();
        // That the task itself cannot be seen is reported by itself.
        boolean isTask = owner.equals(task);
        if (!isTask && !isVisible(Visibility.effectiveVisibilityOfElement(owner), owner, reader)) {
            return Optional.of(Names.of(owner) + " itself cannot be seen from the package of the task");
        }
        if (!isVisible(Visibility.ofElement(member), member, reader)) {
            String modifier = Visibility.ofElement(member) == Visibility.PRIVATE
                    ? "private"
                    : "not public, and in another package";
            return Optional.of(shown + " is " + modifier);
        }
        if (member.getModifiers().contains(Modifier.STATIC)) {
            return Optional.of(shown + " is static");
        }
        if (member instanceof ExecutableElement method) {
            if (method.getReturnType().getKind() == TypeKind.VOID) {
                return Optional.of(shown + " returns nothing");
            }
            if (!method.getThrownTypes().isEmpty()) {
                return Optional.of(
                        shown + " throws " + Names.of(method.getThrownTypes().get(0)));
            }
        }
        return Optional.empty();
    }

    private static boolean isVisible(Visibility visibility, Element element, PackageElement reader) {
        return switch (visibility) {
            case PUBLIC -> true;
            case PRIVATE -> false;
            default -> MoreElements.getPackage(element).equals(reader);
        };
    }

    private static String getter(Element member, String component) {
        TypeMirror type = member instanceof ExecutableElement method ? method.getReturnType() : member.asType();
        String shown = type.getKind() == TypeKind.VOID ? "String" : Names.of(type);
        return "public " + shown + " get" + Character.toUpperCase(component.charAt(0)) + component.substring(1) + "()";
    }
}
