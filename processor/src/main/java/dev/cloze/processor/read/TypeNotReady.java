package dev.cloze.processor.read;

/** Says that a type the task refers to does not exist yet: another processor may generate it for the next round. */
public final class TypeNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TypeNotReady(String type) {
        super(type);
    }
}
