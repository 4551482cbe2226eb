package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The prompt encoder of P-tuning, with its LSTM and without. */
public final class PromptCalls {

    private static final int TOKENS = 9;
    private static final int SIZE = 32;
    private static final int HIDDEN = 16;

    private PromptCalls() {}

    /** One call of each form, with gradients. */
    public static List<KernelCall> all() {
        Random random = new Random(14);
        return List.of(call("prompt-lstm", cells(random), random), call("prompt-mlp", List.of(Floats.none()), random));
    }

    private static KernelCall call(String archive, List<Floats> cells, Random random) {
        int in = cells.size() == 1 ? SIZE : 2 * HIDDEN;
        return KernelCall.of(
                        archive,
                        "vectors",
                        KernelSource.read("prompt", Map.of()),
                        "forward",
                        List.of(
                                Argument.one("rows", Floats.random(random, 0, 1, TOKENS, SIZE)),
                                Argument.list("cells", cells),
                                Argument.weights(
                                        "layers",
                                        List.of(
                                                Floats.random(random, 0, 0.2, SIZE, in),
                                                Floats.random(random, 0, 0.2, SIZE),
                                                Floats.random(random, 0, 0.2, SIZE, SIZE),
                                                Floats.random(random, 0, 0.2, SIZE)))))
                .compared(Comparison.PLAIN.withGradients(true));
    }

    private static List<Floats> cells(Random random) {
        List<Floats> cells = new ArrayList<>();
        for (int layer = 0; layer < 2; layer++) {
            for (int direction = 0; direction < 2; direction++) {
                cells.add(Floats.random(random, 0, 0.2, 4 * HIDDEN, layer == 0 ? SIZE : 2 * HIDDEN));
                cells.add(Floats.random(random, 0, 0.2, 4 * HIDDEN, HIDDEN));
                cells.add(Floats.random(random, 0, 0.2, 4 * HIDDEN));
                cells.add(Floats.random(random, 0, 0.2, 4 * HIDDEN));
            }
        }
        return cells;
    }
}
