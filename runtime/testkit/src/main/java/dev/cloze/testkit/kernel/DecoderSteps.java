package dev.cloze.testkit.kernel;

import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What a decoder computes of tokens that go on from what a store holds, and what it writes into the store. */
final class DecoderSteps {

    private static final int ROWS = 3;
    private static final int BEAMS = 2;
    private static final int SLOTS = 24;
    private static final int PREFIX = 5;
    private static final int PROMPT = 12;

    private final DecoderSample sample;
    private final Floats keys;
    private final Floats keysOfOne;

    DecoderSteps(DecoderSample sample) {
        this.sample = sample;
        this.keys = sample.keys(ROWS, SLOTS);
        this.keysOfOne = sample.keys(1, SLOTS);
    }

    /** Prompts behind a prefix and alone, then single tokens: few rows are multiplied in other ways than many. */
    List<KernelCall> all() {
        int at = PREFIX + PROMPT;
        Floats none = Floats.none();
        return List.of(
                extend("extend-prompt", ROWS, PROMPT, lastPlaces(), none, none, PREFIX),
                extend("extend-inputs", ROWS, PROMPT, lastPlaces(), none, sample.inputs(ROWS, PROMPT), 0),
                extend("extend-step", ROWS, 1, Numbers.none(), none, none, at),
                extend("extend-beams", ROWS, BEAMS, Numbers.none(), tree(at), none, at),
                extend("extend-one", 1, 1, Numbers.none(), none, none, at));
    }

    private KernelCall extend(String name, int rows, int length, Values asked, Floats bias, Floats inputs, int at) {
        int[] tokens = new int[2 * rows * length];
        for (int i = 0; i < rows * length; i++) {
            tokens[i] = 5 + sample.random().nextInt(sample.config().vocabularySize() - 5);
            // Beams stand at one position, tokens of a prompt one behind the other.
            tokens[rows * length + i] = at + (length == PROMPT ? i % length : 0);
        }
        return sample.call(
                name,
                "extend",
                Argument.one("tokens", Numbers.integers(tokens, 2, rows, length)),
                Argument.one("asked", asked),
                Argument.one("bias", bias),
                Argument.one("inputs", inputs),
                Argument.one("control", Numbers.control(at)),
                Argument.changed(
                        "store", Collections.nCopies(2 * sample.config().layers(), rows == ROWS ? keys : keysOfOne)),
                Argument.list("packed", List.of(Floats.none())));
    }

    /** Of prompts that are padded on the right. */
    private static Values lastPlaces() {
        return Numbers.integers(
                IntStream.range(0, ROWS)
                        .map(row -> row * PROMPT + PROMPT - 1 - row)
                        .toArray(),
                ROWS);
    }

    /** Each beam sees what is before all, but for a prompt's padding, and itself: (B, 1, W, S). */
    private static Floats tree(int at) {
        int slots = at + BEAMS;
        float[] bias = new float[ROWS * BEAMS * slots];
        for (int i = 0; i < bias.length; i++) {
            int slot = i % slots;
            int row = i / slots / BEAMS;
            int beam = i / slots % BEAMS;
            boolean seen = slot < at ? slot < at - row : slot - at == beam;
            bias[i] = seen ? 0 : Float.NEGATIVE_INFINITY;
        }
        return new Floats(bias, ROWS, 1, BEAMS, slots);
    }
}
