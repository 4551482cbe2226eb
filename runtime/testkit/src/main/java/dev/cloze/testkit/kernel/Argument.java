package dev.cloze.testkit.kernel;

import java.util.List;

/**
 * An argument of a kernel's method.
 *
 * @param name as in the kernel's source
 * @param list whether it is a list of tensors
 * @param role what becomes of it
 * @param tensors its tensor, or those of the list
 */
public record Argument(String name, boolean list, Role role, List<Values> tensors) {

    /** What becomes of an argument. */
    public enum Role {
        /** It is only read. */
        INPUT,
        /** The method changes it in place; its new content is compared. */
        CHANGED,
        /** Weights: the same in all calls of an archive, and their gradients are compared where a call has gradients. */
        WEIGHTS
    }

    /** One tensor. */
    public static Argument one(String name, Values tensor) {
        return new Argument(name, false, Role.INPUT, List.of(tensor));
    }

    /** A list of tensors that is only read. */
    public static Argument list(String name, List<? extends Values> tensors) {
        return new Argument(name, true, Role.INPUT, List.copyOf(tensors));
    }

    /** A list of tensors that the method changes. */
    public static Argument changed(String name, List<? extends Values> tensors) {
        return new Argument(name, true, Role.CHANGED, List.copyOf(tensors));
    }

    /** One tensor of weights. */
    public static Argument weight(String name, Values tensor) {
        return new Argument(name, false, Role.WEIGHTS, List.of(tensor));
    }

    /** A list of weights. */
    public static Argument weights(String name, List<? extends Values> tensors) {
        return new Argument(name, true, Role.WEIGHTS, List.copyOf(tensors));
    }
}
