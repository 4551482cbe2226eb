package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The next token of a text behind many prompts: what they say in sum, and the best of it. */
public final class TogetherCalls {

    private static final int PROMPTS = 3;
    private static final int LINES = 4;
    private static final int VOCABULARY = 8_000;
    private static final int BEST = 5;

    private TogetherCalls() {}

    /** Both methods, of log-probabilities and of logits, alone and added to what other prompts said. */
    public static List<KernelCall> all() {
        Random random = new Random(19);
        Argument logits = Argument.one("logits", Floats.random(random, 0, 3, PROMPTS * LINES, VOCABULARY));
        Floats sums = Floats.random(random, -20, 5, LINES, VOCABULARY);
        Argument nothing = Argument.one("before", Floats.none());
        Argument before = Argument.one("before", sums);
        Argument found = Argument.one("sums", sums);
        return List.of(
                call("sums", "sums", logits, nothing, control(0)),
                call("sums-added", "sums", logits, before, control(0)),
                call("sums-of-logits", "sums", logits, nothing, control(1)),
                call("best", "best", found, control(0)).compared(Comparison.PLAIN.apartAlong(0)),
                call("best-of-logits", "best", found, control(1)).compared(Comparison.PLAIN.apartAlong(0)));
    }

    private static Argument control(int ofLogits) {
        return Argument.one("control", Numbers.control(PROMPTS, ofLogits, BEST));
    }

    private static KernelCall call(String name, String method, Argument... arguments) {
        return KernelCall.of("together", name, KernelSource.read("together", Map.of()), method, List.of(arguments));
    }
}
