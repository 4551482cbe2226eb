package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** AdamW: the norm of all gradients, a step, and zeroing. */
public final class AdamWCalls {

    private static final long[][] SHAPES = {{128, 96}, {768}, {3, 5, 7}, {1}};

    private AdamWCalls() {}

    /** One call of each method, and a step whose gradients are clipped. */
    public static List<KernelCall> all() {
        return List.of(
                call("norm", "norm", Argument.list("gradients", tensors(2, 0, 0.1))),
                step("step", 1.0),
                step("clipped-step", 0.25),
                call("zero", "zero", Argument.changed("gradients", tensors(2, 0, 0.1))));
    }

    private static KernelCall step(String name, double factor) {
        return call(
                name,
                "forward",
                Argument.one("control", Numbers.control(1e-3, 0.9, 0.999, 1e-8, 0.01, factor)),
                Argument.changed("parameters", tensors(1, 0, 0.1)),
                Argument.changed("gradients", tensors(2, 0, 0.1)),
                Argument.changed("means", tensors(3, 0, 0.01)),
                Argument.changed("squares", tensors(4, 0.01, 0.001)),
                Argument.changed("steps", steps()));
    }

    private static KernelCall call(String name, String method, Argument... arguments) {
        return KernelCall.of("adamw", name, KernelSource.read("adamw", Map.of()), method, List.of(arguments));
    }

    private static List<Floats> tensors(long seed, double mean, double deviation) {
        Random random = new Random(seed);
        return java.util.Arrays.stream(SHAPES)
                .map(shape -> Floats.random(random, mean, deviation, shape))
                .toList();
    }

    private static List<Floats> steps() {
        return java.util.Arrays.stream(SHAPES).map(shape -> Floats.filled(7)).toList();
    }
}
