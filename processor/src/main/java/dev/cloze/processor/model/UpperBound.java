package dev.cloze.processor.model;

import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;

/** What is known of a value whose type is a type variable, a wildcard or several types at once. */
public final class UpperBound {

    private UpperBound() {}

    /** The type that generated code can rely on; of several the first, which is the class if one is. */
    public static TypeMirror of(TypeMirror type, Elements elements) {
        TypeMirror bound = type;
        while (true) {
            if (bound.getKind() == TypeKind.TYPEVAR) {
                bound = ((TypeVariable) bound).getUpperBound();
            } else if (bound.getKind() == TypeKind.WILDCARD) {
                bound = extended((WildcardType) bound, elements);
            } else if (bound.getKind() == TypeKind.INTERSECTION) {
                bound = ((IntersectionType) bound).getBounds().get(0);
            } else {
                return bound;
            }
        }
    }

    private static TypeMirror extended(WildcardType wildcard, Elements elements) {
        TypeMirror bound = wildcard.getExtendsBound();
        return bound != null
                ? bound
                : elements.getTypeElement("java.lang.Object").asType();
    }
}
