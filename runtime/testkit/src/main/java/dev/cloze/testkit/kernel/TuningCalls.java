package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** What tuning does with scores: projection, losses, copying. */
public final class TuningCalls {

    private TuningCalls() {}

    /** One call of each method. */
    public static List<KernelCall> all() {
        Random random = new Random(11);
        return List.of(
                call(
                        "project",
                        true,
                        Argument.one("scores", Floats.random(random, 0, 3, 64, 2, 12)),
                        Argument.one("projection", Floats.random(random, 0, 0.5, 24, 4))),
                call(
                        "loss",
                        true,
                        Argument.one("scores", Floats.random(random, 0, 2, 8, 4)),
                        Argument.one("labels", Numbers.integers(new int[] {0, 1, 2, 3, 3, 2, 1, 0}, 8)),
                        Argument.one("control", Numbers.control(0.5))),
                call(
                        "hinge",
                        false, // in 16 bits a term may be on the other side of its corner
                        Argument.one("scores", Floats.random(random, 0, 2, 8, 4)),
                        Argument.one("labels", Numbers.integers(new int[] {3, 1, 0, 2, 2, 0, 1, 3}, 8)),
                        Argument.one("control", Numbers.control(0.5))),
                call(
                        "distillation",
                        true,
                        Argument.one("scores", Floats.random(random, 0, 2, 8, 4)),
                        Argument.one("targets", Floats.random(random, 0, 2, 8, 4)),
                        Argument.one("control", Numbers.control(0.5, 2))),
                call(
                        "similarity",
                        true,
                        Argument.list(
                                "vectors",
                                List.of(Floats.random(random, 0, 1, 6, 32), Floats.random(random, 0, 1, 10, 32))),
                        Argument.one(
                                "places",
                                Numbers.integers(
                                        IntStream.range(0, 16)
                                                .map(i -> 5 * i % 16)
                                                .toArray(),
                                        16)),
                        Argument.one("targets", Floats.random(random, 0.5, 0.2, 8)),
                        Argument.one("control", Numbers.control(0.5))),
                call(
                        "total",
                        true,
                        Argument.one("losses", Floats.random(random, 4, 1, 8)),
                        Argument.one("control", Numbers.control(0.25))),
                call(
                        "pull",
                        false,
                        Argument.one("control", Numbers.control(1)),
                        Argument.list(
                                "values", List.of(Floats.random(random, 0, 1, 20, 32), Floats.random(random, 0, 1, 5))),
                        Argument.list(
                                "gradients",
                                List.of(Floats.random(random, 0, 1, 20, 32), Floats.random(random, 0, 1, 5)))),
                call(
                        "copy",
                        false,
                        Argument.changed("to", List.of(Floats.filled(0, 64, 32), Floats.filled(0, 5))),
                        Argument.list(
                                "source",
                                List.of(Floats.random(random, 0, 1, 64, 32), Floats.random(random, 0, 1, 5)))),
                call(
                        "divergence",
                        false, // a small difference of larger terms
                        Argument.one("scores", Floats.random(random, 0, 2, 8, 2)),
                        Argument.one("targets", Floats.random(random, 0.5, 0.1, 8, 2)),
                        Argument.one("control", Numbers.control(0.5))),
                call(
                        "exponentialDivergence",
                        true,
                        Argument.one("scores", Floats.random(random, 0, 2, 8, 2)),
                        Argument.one("targets", Floats.random(random, 0.5, 0.1, 8, 2)),
                        Argument.one("control", Numbers.control(0.5))),
                call(
                        "squares",
                        true,
                        Argument.one("scores", Floats.random(random, 2, 1, 8, 1)),
                        Argument.one("targets", Floats.random(random, 2, 1, 8, 1)),
                        Argument.one("control", Numbers.control(0.5))),
                call(
                        "compare",
                        true,
                        Argument.one("states", Floats.random(random, 0, 1, 8, 1, 32)),
                        Argument.one("vectors", Floats.random(random, 0, 0.5, 4, 32))),
                call(
                        "weigh",
                        true,
                        Argument.one("scores", Floats.random(random, 0, 2, 8, 1, 6)),
                        Argument.one("words", Floats.random(random, 0.5, 0.2, 6, 5)),
                        Argument.one("weights", Floats.random(random, 0, 1, 5)),
                        Argument.one("kept", new Floats(new float[] {1, 1, 0, 1, 1}, 5)),
                        Argument.one("labels", new Floats(new float[] {1, 0, 1, 0, 1, 0, 0, 1, 0, 1}, 5, 2))),
                call(
                        "contrast",
                        false, // exponentials of products
                        Argument.one("states", Floats.random(random, 0, 1, 6, 32)),
                        Argument.one("right", new Floats(new float[] {1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1}, 6, 2)),
                        Argument.one("projection", Floats.random(random, 0, 0.3, 16, 32)),
                        Argument.one("prototypes", Floats.random(random, 0, 1, 2, 16)),
                        Argument.one("control", Numbers.control(1))),
                call(
                        "factored",
                        true,
                        Argument.one("shared", Floats.random(random, 0, 1, 20, 32)),
                        Argument.one("columns", Floats.random(random, 0, 1, 20, 1)),
                        Argument.one("rows", Floats.random(random, 0, 1, 1, 32))));
    }

    private static KernelCall call(String method, boolean bf16, Argument... arguments) {
        return KernelCall.of("tuning", method, KernelSource.read("tuning", Map.of()), method, List.of(arguments))
                .compared(bf16 ? Comparison.BF16 : Comparison.PLAIN);
    }
}
