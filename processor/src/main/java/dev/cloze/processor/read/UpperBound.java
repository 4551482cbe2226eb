package dev.cloze.processor.read;

import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** What is known of a value whose type is a type variable or a wildcard. */
final class UpperBound {

    private UpperBound() {}

    static TypeMirror of(TypeMirror type, ProcessingEnvironment environment) {
        TypeMirror bound = type;
        while (bound.getKind() == TypeKind.TYPEVAR || bound.getKind() == TypeKind.WILDCARD) {
            bound = bound instanceof TypeVariable variable ? variable.getUpperBound() : extended(bound, environment);
        }
        return bound;
    }

    private static TypeMirror extended(TypeMirror wildcard, ProcessingEnvironment environment) {
        TypeMirror bound = ((WildcardType) wildcard).getExtendsBound();
        return bound != null
                ? bound
                : environment
                        .getElementUtils()
                        .getTypeElement("java.lang.Object")
                        .asType();
    }
}
