package dev.cloze.processor.model;

import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;

/**
 * How one component is read.
 *
 * @param component its name in the template
 * @param member the method or field that has it
 * @param kind which of the two, and whether {@code Type::member} says it without doubt
 * @param type what it gives
 * @param optional whether that is an Optional
 */
public record Accessor(String component, Element member, Kind kind, TypeMirror type, boolean optional) {

    /** What is read, as generated code writes it. */
    public enum Kind {
        METHOD,
        /** A method beside a static one that a method reference could also mean. */
        METHOD_BESIDE_STATIC,
        FIELD
    }

    /** {@code title()} or {@code title}. */
    public String call() {
        return member.getSimpleName() + (kind == Kind.FIELD ? "" : "()");
    }
}
