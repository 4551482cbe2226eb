package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Numbers as checkpoints store them, written into a weight; what was written is the result that is compared. */
public final class StoredCalls {

    private static final int FROM = 5;

    private StoredCalls() {}

    /** One stretch in the middle of a weight. */
    public static List<KernelCall> all() {
        Random random = new Random(1);
        return List.of(KernelCall.of(
                "stored",
                "stretch",
                KernelSource.read("stored", Map.of()),
                "forward",
                List.of(
                        Argument.one("target", Floats.random(random, 0, 1, 6, 7)),
                        Argument.one("numbers", Floats.random(random, 0, 1, 20)),
                        Argument.one("control", Numbers.control(FROM)))));
    }
}
