package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import java.util.List;

/**
 * One sample call of a kernel.
 *
 * @param archive the name of the kernel's file, without its ending
 * @param name what is particular about the call
 * @param source the kernel
 * @param method which of its methods
 * @param arguments in the method's order
 * @param gradients whether the gradients of the mean square of the result are compared too
 * @param bf16 whether the call makes sense in bfloat16
 */
public record KernelCall(
        String archive,
        String name,
        KernelSource source,
        String method,
        List<Argument> arguments,
        boolean gradients,
        boolean bf16) {}
