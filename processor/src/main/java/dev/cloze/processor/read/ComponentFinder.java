package dev.cloze.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.Accessor.Kind;
import dev.cloze.processor.model.UpperBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Finds how a class in a task's package reads a component of a type: record component, getter or field. */
final class ComponentFinder {

    /** An accessor; or what stands in its way; or neither, where the type knows no such component. */
    record Found(Optional<Accessor> accessor, Optional<Obstacle> obstacle) {}

    private final ProcessingEnvironment environment;
    private final TypeElement task;

    ComponentFinder(ProcessingEnvironment environment, TypeElement task) {
        this.environment = environment;
        this.task = task;
    }

    /**
     * A component by its name: {@code title()}, {@code getTitle()}, {@code isTitle()} or the field {@code title}.
     *
     * @throws TypeNotReady when its type does not exist yet
     */
    Found find(TypeMirror owner, String name) {
        Optional<Obstacle> obstacle = Optional.empty();
        for (Element member : candidates(owner, name)) {
            Optional<Obstacle> inTheWay = Obstacle.to(member, owner, name, task);
            if (inTheWay.isEmpty()) {
                return new Found(Optional.of(accessor(owner, name, member)), Optional.empty());
            }
            obstacle = obstacle.or(() -> inTheWay);
        }
        return new Found(Optional.empty(), obstacle);
    }

    /** The names of all components that can be read, to suggest from; none of String and its like. */
    TreeSet<String> names(TypeMirror owner) {
        TreeSet<String> names = new TreeSet<>();
        for (Element member : isPlain(owner) ? List.<Element>of() : members(owner)) {
            Optional<String> name = componentName(member);
            if (name.isPresent() && Obstacle.to(member, owner, name.get(), task).isEmpty()) {
                names.add(name.get());
            }
        }
        return names;
    }

    private static boolean isPlain(TypeMirror owner) {
        return owner.getKind() == TypeKind.DECLARED
                && MoreElements.getPackage(MoreTypes.asElement(owner))
                        .getQualifiedName()
                        .contentEquals("java.lang");
    }

    /** What a path goes on from after this component: the type itself, or what an Optional holds. */
    TypeMirror valueOf(Accessor accessor) {
        return accessor.optional()
                ? upperBound(
                        MoreTypes.asDeclared(accessor.type()).getTypeArguments().get(0))
                : accessor.type();
    }

    private List<Element> candidates(TypeMirror owner, String name) {
        List<Element> all = members(owner);
        List<Element> candidates = new ArrayList<>();
        String capitalized = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (String method : List.of(name, "get" + capitalized, "is" + capitalized)) {
            ElementFilter.methodsIn(all).stream()
                    .filter(one -> one.getSimpleName().contentEquals(method))
                    .filter(one -> !method.equals("is" + capitalized) || isBoolean(one))
                    .forEach(candidates::add);
        }
        ElementFilter.fieldsIn(all).stream()
                .filter(field -> field.getSimpleName().contentEquals(name))
                .forEach(candidates::add);
        // A field that hides an inherited one comes first.
        candidates.sort(Comparator.comparing(one -> one.getKind() == ElementKind.FIELD && !isDeclaredBy(owner, one)));
        return candidates;
    }

    private static boolean isDeclaredBy(TypeMirror owner, Element member) {
        return MoreTypes.asElement(owner).equals(member.getEnclosingElement());
    }

    /** Fields and methods without arguments, inherited ones too. */
    private List<Element> members(TypeMirror owner) {
        List<Element> members = new ArrayList<>();
        if (owner.getKind() == TypeKind.DECLARED) {
            environment.getElementUtils().getAllMembers(MoreTypes.asTypeElement(owner)).stream()
                    .filter(ComponentFinder::couldBeComponent)
                    .forEach(members::add);
            members.addAll(privateFieldsAbove(MoreTypes.asTypeElement(owner)));
        }
        return members;
    }

    /** Fields of superclasses that are not inherited: they explain why a component cannot be read. */
    private static List<VariableElement> privateFieldsAbove(TypeElement type) {
        List<VariableElement> fields = new ArrayList<>();
        TypeMirror above = type.getSuperclass();
        while (above.getKind() == TypeKind.DECLARED) {
            TypeElement element = MoreTypes.asTypeElement(above);
            ElementFilter.fieldsIn(element.getEnclosedElements()).stream()
                    .filter(field -> field.getModifiers().contains(Modifier.PRIVATE))
                    .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
                    .forEach(fields::add);
            above = element.getSuperclass();
        }
        return fields;
    }

    private static boolean couldBeComponent(Element member) {
        if (member.getKind() == ElementKind.METHOD) {
            ExecutableElement method = (ExecutableElement) member;
            return method.getParameters().isEmpty()
                    && !OF_OBJECT.contains(method.getSimpleName().toString());
        }
        return member.getKind() == ElementKind.FIELD;
    }

    private static final Set<String> OF_OBJECT =
            Set.of("getClass", "hashCode", "toString", "clone", "finalize", "notify", "notifyAll", "wait");

    private static Optional<String> componentName(Element member) {
        String name = member.getSimpleName().toString();
        if (member.getKind() == ElementKind.METHOD) {
            int prefix =
                    name.startsWith("get") ? 3 : name.startsWith("is") && isBoolean((ExecutableElement) member) ? 2 : 0;
            if (prefix > 0 && name.length() > prefix && Character.isUpperCase(name.charAt(prefix))) {
                return Optional.of(decapitalized(name.substring(prefix)));
            }
            // A method of a JDK class is rarely what somebody means by a component.
            return MoreElements.getPackage(member).getQualifiedName().toString().startsWith("java.")
                    ? Optional.empty()
                    : Optional.of(name);
        }
        return Optional.of(name);
    }

    /** {@code Title} is {@code title}, but {@code URL} stays, as JavaBeans have it. */
    private static String decapitalized(String name) {
        boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
        return acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static boolean isBoolean(ExecutableElement method) {
        TypeMirror type = method.getReturnType();
        return type.getKind() == TypeKind.BOOLEAN
                || (MoreTypes.isType(type) && MoreTypes.isTypeOf(Boolean.class, type));
    }

    private Accessor accessor(TypeMirror owner, String name, Element member) {
        // Of a Rating<?> the captured type tells what is known of its values: the bound of its type parameter.
        Types types = environment.getTypeUtils();
        TypeMirror type = types.asMemberOf((DeclaredType) types.capture(owner), member);
        if (member.getKind() == ElementKind.METHOD) {
            type = MoreTypes.asExecutable(type).getReturnType();
        }
        type = upperBound(type);
        return new Accessor(name, member, kind(owner, member), type, isOptional(type));
    }

    private static boolean isOptional(TypeMirror type) {
        return MoreTypes.isType(type)
                && MoreTypes.isTypeOf(Optional.class, type)
                && !MoreTypes.asDeclared(type).getTypeArguments().isEmpty();
    }

    private Kind kind(TypeMirror owner, Element member) {
        if (member.getKind() == ElementKind.FIELD) {
            return Kind.FIELD;
        }
        boolean besideStatic =
                ElementFilter.methodsIn(environment.getElementUtils().getAllMembers(MoreTypes.asTypeElement(owner)))
                        .stream()
                        .anyMatch(method -> method.getSimpleName().equals(member.getSimpleName())
                                && method.getModifiers().contains(Modifier.STATIC));
        return besideStatic ? Kind.METHOD_BESIDE_STATIC : Kind.METHOD;
    }

    private TypeMirror upperBound(TypeMirror type) {
        TypeMirror bound = UpperBound.of(type, environment.getElementUtils());
        if (bound.getKind() == TypeKind.ERROR) {
            throw new TypeNotReady(bound.toString());
        }
        return bound;
    }
}
