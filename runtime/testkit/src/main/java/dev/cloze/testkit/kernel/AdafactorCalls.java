package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Adafactor: the norm of all gradients, a step, and zeroing. */
public final class AdafactorCalls {

    private static final long[][] SHAPES = {{20, 96}, {7}};

    private AdafactorCalls() {}

    /** One call of each method. */
    public static List<KernelCall> all() {
        return List.of(
                call("norm", Argument.list("gradients", tensors(2, 0, 0.1))),
                call(
                        "forward",
                        Argument.one("control", Numbers.control(0.3, 0.8, 1e-30, 1, 1e-5, 0.5)),
                        Argument.changed("parameters", tensors(1, 0, 0.1)),
                        Argument.changed("gradients", tensors(2, 0, 0.1)),
                        Argument.changed("squares", tensors(4, 0.01, 0.001)),
                        Argument.changed(
                                "steps",
                                Arrays.stream(SHAPES)
                                        .map(shape -> Floats.filled(7))
                                        .toList())),
                call("zero", Argument.changed("gradients", tensors(2, 0, 0.1))));
    }

    private static KernelCall call(String method, Argument... arguments) {
        return KernelCall.of("adafactor", method, KernelSource.read("adafactor", Map.of()), method, List.of(arguments));
    }

    private static List<Floats> tensors(long seed, double mean, double deviation) {
        Random random = new Random(seed);
        return Arrays.stream(SHAPES)
                .map(shape -> Floats.random(random, mean, deviation, shape))
                .toList();
    }
}
