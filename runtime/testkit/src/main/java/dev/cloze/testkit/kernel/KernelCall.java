package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import java.util.List;

/**
 * One sample call of a kernel.
 *
 * @param archive the name of the kernel's file, without its ending
 * @param name what is particular about the call
 * @param source the kernel as the CPU runs it
 * @param elsewhere the kernel as other devices run it; often the same
 * @param method which of its methods
 * @param arguments in the method's order
 * @param comparison how its results are compared
 */
public record KernelCall(
        String archive,
        String name,
        KernelSource source,
        KernelSource elsewhere,
        String method,
        List<Argument> arguments,
        Comparison comparison) {

    /** A call of a kernel that is the same everywhere. */
    public static KernelCall of(
            String archive, String name, KernelSource source, String method, List<Argument> arguments) {
        return new KernelCall(archive, name, source, source, method, List.copyOf(arguments), Comparison.PLAIN);
    }

    /** This call of a kernel that other devices run in another form. */
    public KernelCall withElsewhere(KernelSource other) {
        return new KernelCall(archive, name, source, other, method, arguments, comparison);
    }

    /** This call with its results compared like that. */
    public KernelCall compared(Comparison how) {
        return new KernelCall(archive, name, source, elsewhere, method, arguments, how);
    }
}
