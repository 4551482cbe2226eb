package dev.cloze.testkit.kernel;

import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.tuning.head.Head;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Random;

/** Classification heads, with a layer before the labels and without. */
public final class HeadCalls {

    private static final int WIDTH = 96;
    private static final int LABELS = 5;

    private HeadCalls() {}

    /** One call of each form. */
    public static List<KernelCall> all() {
        Random random = new Random(13);
        ClassifierHead dense = ClassifierHead.ofEncoder("dense", ClassifierHead.Activation.TANH, 0.1, "labels", 0.02);
        ClassifierHead relu = ClassifierHead.ofEncoder("dense", ClassifierHead.Activation.RELU, 0.1, "labels", 0.02);
        return List.of(
                call("head-dense", dense.droppingTwice(), random),
                call("head-relu", relu, random),
                call("head-labels", ClassifierHead.ofDecoder(0.02), random));
    }

    private static KernelCall call(String archive, ClassifierHead shape, Random random) {
        boolean layer = !shape.dense().isEmpty();
        List<Floats> weights = List.of(
                layer ? Floats.random(random, 0, 0.1, WIDTH, WIDTH) : Floats.none(),
                layer ? Floats.random(random, 0, 0.1, WIDTH) : Floats.none(),
                Floats.random(random, 0, 0.1, LABELS, WIDTH),
                shape.biased() ? Floats.random(random, 0, 0.1, LABELS) : Floats.none());
        return KernelCall.of(
                        archive,
                        "scores",
                        Head.source(shape),
                        "forward",
                        List.of(
                                Argument.one("states", Floats.random(random, 0, 1, 8, WIDTH)),
                                Argument.one("control", Numbers.control(0, 0)),
                                Argument.weights("weights", weights)))
                .compared(Comparison.BF16.withGradients(true));
    }
}
