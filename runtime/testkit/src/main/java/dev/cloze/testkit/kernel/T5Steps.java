package dev.cloze.testkit.kernel;

import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a T5 computes of each further token it writes, and what it writes into the store. */
final class T5Steps {

    private static final int ROWS = 3;
    private static final int BEAMS = 2;
    private static final int SLOTS = 24;
    private static final int AT = 9;
    private static final int SOURCE = 17;

    private final T5Sample sample;
    private final Argument store;
    private final Floats cross;

    T5Steps(T5Sample sample) {
        this.sample = sample;
        int layers = sample.config().decoderLayers();
        this.store = Argument.changed("store", Collections.nCopies(2 * layers, sample.keys(ROWS, SLOTS)));
        this.cross = Floats.random(
                sample.random(),
                0,
                0.3,
                2L * layers,
                ROWS,
                sample.config().heads(),
                SOURCE,
                sample.config().headSize());
    }

    List<KernelCall> all() {
        return List.of(
                extend("extend-step", 1, Floats.none(), Floats.none()),
                extend("extend-beams-padded", BEAMS, tree(), padding()),
                keep("keep", cross, 1),
                keep("keep-biases", padding(), 0));
    }

    private KernelCall extend(String name, int beams, Floats tree, Floats crossBias) {
        int[] tokens = new int[2 * ROWS * beams];
        for (int i = 0; i < ROWS * beams; i++) {
            tokens[i] = 5 + sample.random().nextInt(sample.config().vocabularySize() - 5);
            tokens[ROWS * beams + i] = AT;
        }
        // Every slot before is one token further back; all beams stand at one position.
        long[] before = sample.config().decoderBuckets().range(-AT, 0);
        int[] buckets =
                Arrays.copyOf(Arrays.stream(before).mapToInt(Math::toIntExact).toArray(), AT + beams);
        Arrays.fill(buckets, AT, AT + beams, buckets[AT]);
        return sample.call(
                name,
                "extend",
                List.of(
                        Argument.one("tokens", Numbers.integers(tokens, 2, ROWS, beams)),
                        Argument.one("buckets", Numbers.integers(buckets, buckets.length)),
                        Argument.one("tree", tree),
                        Argument.one("cross", cross),
                        Argument.one("crossBias", crossBias),
                        Argument.one("control", Numbers.control(AT)),
                        store,
                        Argument.list("packed", List.of(Floats.none())),
                        sample.shared(),
                        sample.decoder()));
    }

    private KernelCall keep(String name, Floats array, int axis) {
        return sample.call(
                name,
                "keep",
                List.of(
                        Argument.one("x", array),
                        Argument.one("rows", Numbers.integers(new int[] {2, 0}, 2)),
                        Argument.one("control", Numbers.control(axis))));
    }

    /** Each beam sees what is before all, and itself: (B, 1, W, S). */
    private static Floats tree() {
        int slots = AT + BEAMS;
        float[] bias = new float[ROWS * BEAMS * slots];
        for (int i = 0; i < bias.length; i++) {
            int slot = i % slots;
            bias[i] = slot < AT || slot - AT == i / slots % BEAMS ? 0 : Float.NEGATIVE_INFINITY;
        }
        return new Floats(bias, ROWS, 1, BEAMS, slots);
    }

    /** Row r's text is shorter by 2 r: (B, 1, 1, S). */
    private static Floats padding() {
        float[] bias = new float[ROWS * SOURCE];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = i % SOURCE < SOURCE - 2 * (i / SOURCE) ? 0 : Float.NEGATIVE_INFINITY;
        }
        return new Floats(bias, ROWS, 1, 1, SOURCE);
    }
}
