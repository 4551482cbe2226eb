package dev.cloze.processor.validate;

import com.google.auto.common.MoreTypes;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.PlaceholderModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.UpperBound;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Every placeholder has a type with a text form: String, number, boolean, enum, an Optional or a List of these. */
public final class PlaceholderValidator implements Validator {

    /** Optionals and lists within each other; a list may even be declared as a list of itself. */
    private static final int DEEPEST = 3;

    private final Types types;
    private final Elements elements;
    private final TypeMirror number;
    private final TypeMirror enumeration;
    private final DeclaredType list;
    private final ExecutableElement elementOfList;

    /** Checks with the compiler's types. */
    public PlaceholderValidator(Types types, Elements elements) {
        this.types = types;
        this.elements = elements;
        this.number = elements.getTypeElement("java.lang.Number").asType();
        this.enumeration =
                types.erasure(elements.getTypeElement("java.lang.Enum").asType());
        TypeElement listElement = elements.getTypeElement("java.util.List");
        this.list = types.getDeclaredType(listElement);
        this.elementOfList = ElementFilter.methodsIn(listElement.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals("get"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean asksForKind() {
        return false;
    }

    @Override
    public void check(TaskModel task, Report report) {
        for (PlaceholderModel placeholder : task.placeholders()) {
            if (!hasTextForm(placeholder.type(), DEEPEST)) {
                report.error(
                        placeholder.place(),
                        Message.PLACEHOLDER_TYPE,
                        placeholder.path(),
                        placeholder.at(),
                        Names.of(placeholder.type()));
            }
        }
    }

    private boolean hasTextForm(TypeMirror written, int depth) {
        TypeMirror type = UpperBound.of(written, elements);
        return type.getKind().isPrimitive()
                || isPlain(type)
                || (depth > 0
                        && held(type).filter(one -> hasTextForm(one, depth - 1)).isPresent());
    }

    private boolean isPlain(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && (MoreTypes.isTypeOf(String.class, type)
                        || MoreTypes.isTypeOf(Boolean.class, type)
                        || MoreTypes.isTypeOf(Character.class, type)
                        || types.isSubtype(type, number)
                        || types.isSubtype(types.erasure(type), enumeration)
                        || types.asElement(type).getKind() == ElementKind.ENUM);
    }

    /** What an Optional or a list holds. */
    private Optional<TypeMirror> held(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED) {
            return Optional.empty();
        }
        List<? extends TypeMirror> arguments = MoreTypes.asDeclared(type).getTypeArguments();
        if (MoreTypes.isTypeOf(Optional.class, type) && !arguments.isEmpty()) {
            return Optional.of(arguments.get(0));
        }
        if (!types.isSubtype(types.erasure(type), list)) {
            return Optional.empty();
        }
        TypeMirror get = types.asMemberOf((DeclaredType) types.capture(type), elementOfList);
        return Optional.of(MoreTypes.asExecutable(get).getReturnType());
    }
}
