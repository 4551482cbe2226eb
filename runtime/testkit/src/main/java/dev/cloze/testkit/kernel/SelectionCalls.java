package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/** The choice of the next token over GPT-2's vocabulary: the likeliest, one drawn, the best of beams. */
public final class SelectionCalls {

    private static final int ROWS = 4;
    private static final int VOCABULARY = 50_257;
    private static final int PROMPTS = 2;
    private static final int CANDIDATES = 6;

    private static final double[] NOTHING = {0, 0};

    /** Which token each row's draw meets is decided far from where rounding would: these are no shares of a border. */
    private static final double[] SHARES = {0.1234, 0.5, 0.0311, 0.8765};

    private final Floats logits = Floats.random(new Random(17), 0, 3, ROWS, VOCABULARY);

    private SelectionCalls() {}

    /** Every method, with and without blocked tokens; drawing with top k, with a top p of few tokens and of many. */
    public static List<KernelCall> all() {
        return new SelectionCalls().calls();
    }

    private List<KernelCall> calls() {
        double[] blocked = {2, 2, likeliest(0), likeliest(1), VOCABULARY + likeliest(2), 3 * VOCABULARY + likeliest(3)};
        return List.of(
                call("likeliest", "likeliest", NOTHING),
                call("likeliest-blocked", "likeliest", blocked),
                drawn("drawn", NOTHING, 1, 0, 1),
                drawn("drawn-blocked", blocked, 0.7, 0, 1),
                drawn("drawn-top-k", blocked, 1.3, 50, 1),
                drawn("drawn-top-k-top-p", NOTHING, 1, 50, 0.8),
                drawn("drawn-few-top-p", NOTHING, 0.5, 0, 0.9),
                drawn("drawn-many-top-p", blocked, 1, 0, 0.95),
                best("best", NOTHING),
                best("best-blocked", blocked));
    }

    private KernelCall drawn(String name, double[] blocked, double temperature, int topK, double topP) {
        double[] drawing = {temperature, topK, topP, ROWS};
        double[] rows = {0, 1, 3, 3};
        return call(name, "drawn", blocked, drawing, SHARES, rows);
    }

    private KernelCall best(String name, double[] blocked) {
        return call(name, "best", blocked, new double[] {PROMPTS, CANDIDATES, -1.5, -2.25, -3, -3.5});
    }

    /** Blocked tokens stand behind all other numbers, how many there are before them. */
    private KernelCall call(String name, String method, double[] blocked, double[]... numbers) {
        double[] control = DoubleStream.concat(
                        DoubleStream.concat(
                                Arrays.stream(blocked, 0, 2),
                                Arrays.stream(numbers).flatMapToDouble(Arrays::stream)),
                        Arrays.stream(blocked, 2, blocked.length))
                .toArray();
        return KernelCall.of(
                        "selection",
                        name,
                        KernelSource.read("selection", Map.of()),
                        method,
                        List.of(Argument.one("logits", logits), Argument.one("control", Numbers.control(control))))
                .compared(Comparison.PLAIN.apartAlong(method.equals("best") ? 0 : 1));
    }

    private int likeliest(int row) {
        int best = 0;
        for (int token = 1; token < VOCABULARY; token++) {
            if (logits.numbers()[row * VOCABULARY + token] > logits.numbers()[row * VOCABULARY + best]) {
                best = token;
            }
        }
        return best;
    }
}
