package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The networks that give prefixes, and how near they are to a text's keys and values. */
public final class PrefixCalls {

    private static final int PLACES = 10;
    private static final int WIDTH = 48;
    private static final int MIDDLE = 64;
    private static final int NUMBERS = 192;

    private PrefixCalls() {}

    /** One call of each method; nothing is dropped, as random numbers differ between devices. */
    public static List<KernelCall> all() {
        Random random = new Random(15);
        return List.of(
                call(
                                "encode",
                                Argument.weight("embeddings", Floats.random(random, 0, 1, PLACES, WIDTH)),
                                Argument.weight("inner", Floats.random(random, 0, 0.1, MIDDLE, WIDTH)),
                                Argument.weight("innerBias", Floats.random(random, 0, 0.1, MIDDLE)),
                                Argument.weight("outer", Floats.random(random, 0, 0.1, NUMBERS, MIDDLE)),
                                Argument.weight("outerBias", Floats.random(random, 0, 0.1, NUMBERS)))
                        .compared(Comparison.BF16.withGradients(true)),
                call(
                        "dropped",
                        Argument.one("numbers", Floats.random(random, 0, 1, 4, 3, PLACES, 16)),
                        Argument.one("control", Numbers.control(5, 0, 0))),
                call(
                        "distance",
                        Argument.one("numbers", Floats.random(random, 0, 1, PLACES, NUMBERS)),
                        Argument.one("targets", Floats.random(random, 0, 1, PLACES, NUMBERS))));
    }

    private static KernelCall call(String method, Argument... arguments) {
        return KernelCall.of("prefix", method, KernelSource.read("prefix", Map.of()), method, List.of(arguments))
                .compared(Comparison.BF16);
    }
}
