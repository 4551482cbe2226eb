package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The LSTM over word vectors, with each pooling. */
public final class LstmCalls {

    private static final int WORDS = 50;
    private static final int EMBEDDING = 16;
    private static final int HIDDEN = 24;
    private static final int LABELS = 3;

    private LstmCalls() {}

    /** One call of each pooling, with gradients; lengths are float64, as all that stays on the CPU. */
    public static List<KernelCall> all() {
        List<KernelCall> calls = new ArrayList<>();
        for (String pooling : List.of("MAX", "MEAN", "LAST")) {
            Random random = new Random(12);
            KernelSource source = KernelSource.read("lstm", Map.of("pooling", '"' + pooling + '"'));
            calls.add(KernelCall.of(
                            "lstm-" + pooling.toLowerCase(java.util.Locale.ROOT),
                            "four texts",
                            source,
                            "forward",
                            List.of(
                                    Argument.one("ids", Numbers.ids(random, WORDS, 4, 9)),
                                    Argument.one("lengths", Numbers.control(9, 6, 6, 1)),
                                    Argument.one("control", Numbers.control(0, 0)),
                                    Argument.weights("weights", weights(random))))
                    .compared(Comparison.PLAIN.withGradients(true)));
        }
        return calls;
    }

    private static List<Floats> weights(Random random) {
        List<Floats> weights = new ArrayList<>();
        weights.add(Floats.random(random, 0, 1, WORDS, EMBEDDING));
        for (int direction = 0; direction < 2; direction++) {
            weights.add(Floats.random(random, 0, 0.2, 4 * HIDDEN, EMBEDDING));
            weights.add(Floats.random(random, 0, 0.2, 4 * HIDDEN, HIDDEN));
            weights.add(Floats.random(random, 0, 0.2, 4 * HIDDEN));
            weights.add(Floats.random(random, 0, 0.2, 4 * HIDDEN));
        }
        weights.add(Floats.random(random, 0, 0.2, LABELS, 2 * HIDDEN));
        weights.add(Floats.random(random, 0, 0.2, LABELS));
        return weights;
    }
}
