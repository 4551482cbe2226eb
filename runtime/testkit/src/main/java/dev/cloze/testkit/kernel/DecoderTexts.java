package dev.cloze.testkit.kernel;

import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a decoder computes of whole texts: embeddings, what comes next, the loss of targets. */
final class DecoderTexts {

    private static final int ROWS = 4;
    private static final int LENGTH = 24;
    private static final int PREFIX = 5;
    private static final int TARGET = 6;

    private final DecoderSample sample;
    private final Argument ids;
    private final Argument lastPlaces;
    private final Argument targetPlaces;
    private final Argument targets;
    private final Argument noInputs = Argument.one("inputs", Floats.none());
    private final Argument noPrefixes = Argument.list("prefixes", List.of(Floats.none()));
    private final Argument inputs;
    private final Argument prefixes;
    private final Argument prefixesOfRows;

    DecoderTexts(DecoderSample sample) {
        this.sample = sample;
        int vocabulary = sample.config().vocabularySize();
        this.ids = Argument.one("ids", Numbers.ids(sample.random(), vocabulary, ROWS, LENGTH));
        int[] last =
                IntStream.range(0, ROWS).map(row -> row * LENGTH + end(row) - 1).toArray();
        this.lastPlaces = Argument.one("asked", Numbers.integers(last, ROWS));
        int count = ROWS * TARGET;
        int[] places = IntStream.range(0, count)
                .map(i -> i / TARGET * LENGTH + end(i / TARGET) - TARGET + i % TARGET)
                .toArray();
        this.targetPlaces = Argument.one("asked", Numbers.integers(places, count));
        int[] tokensAndRows = IntStream.concat(
                        sample.random().ints(count, 5, vocabulary),
                        IntStream.range(0, count).map(i -> i / TARGET))
                .toArray();
        this.targets = Argument.one("targets", Numbers.integers(tokensAndRows, 2, count));
        this.inputs = Argument.one("inputs", sample.inputs(ROWS, LENGTH));
        this.prefixes = Argument.weights("prefixes", Prefixes.everywhere(keysAndValues(1)));
        this.prefixesOfRows = Argument.list("prefixes", Prefixes.ofRows(keysAndValues(ROWS), ROWS, PREFIX));
    }

    private List<Floats> keysAndValues(int rows) {
        return Stream.generate(() -> sample.keys(rows, PREFIX))
                .limit(2L * sample.config().layers())
                .toList();
    }

    /** Texts are padded on the right, which nothing before it notices. */
    private static int end(int row) {
        return LENGTH - 2 * row;
    }

    List<KernelCall> all(boolean gradients) {
        Comparison trained = Comparison.BF16.withGradients(gradients);
        return List.of(
                sample.exactly("look", "look", List.of(ids, sample.embedding())),
                forward("vocabulary", false, control(0, 0), noInputs, noPrefixes),
                forward("vocabulary-prefixes", false, control(PREFIX, 0), noInputs, prefixes),
                forward("words", true, control(0, 0), noInputs, noPrefixes).compared(trained),
                forward("words-normalised", true, control(0, 1), noInputs, noPrefixes),
                forward("words-inputs-prefixes", true, control(PREFIX, 0), inputs, prefixes)
                        .compared(trained),
                forward("words-prefixes-of-rows", true, controlOfRows(), noInputs, prefixesOfRows)
                        .compared(trained),
                sample.call("states", "states", ids, lastPlaces, control(0, 0), noInputs, noPrefixes),
                sample.call("states-inputs-prefixes", "states", ids, lastPlaces, control(PREFIX, 0), inputs, prefixes),
                sample.call("means", "means", ids, mask(false), control(0, 0), noInputs, noPrefixes),
                sample.call("means-padded", "means", ids, mask(true), control(0, 0), noInputs, noPrefixes),
                sample.call("said-inputs-prefixes", "said", ids, lastPlaces, control(PREFIX, 0), inputs, prefixes),
                loss("loss", control(0, 0), noInputs, noPrefixes).compared(trained),
                loss("loss-in-parts", control(0, TARGET - 1), noInputs, noPrefixes),
                loss("loss-inputs-prefixes", control(PREFIX, 0), inputs, prefixes)
                        .compared(trained));
    }

    private KernelCall forward(String name, boolean chosen, Argument control, Argument given, Argument past) {
        Values words = chosen ? Numbers.integers(new int[] {17, 4, 1999, 256}, 4) : Numbers.none();
        return sample.call(name, "forward", ids, lastPlaces, Argument.one("words", words), control, given, past);
    }

    private KernelCall loss(String name, Argument control, Argument given, Argument past) {
        return sample.call(name, "loss", ids, targetPlaces, targets, control, given, past);
    }

    private static Argument mask(boolean padded) {
        int[] flags = IntStream.range(0, padded ? ROWS * LENGTH : 0)
                .map(i -> i % LENGTH < end(i / LENGTH) ? 1 : 0)
                .toArray();
        return Argument.one("mask", padded ? Numbers.flags(flags, ROWS, LENGTH) : Numbers.flags(flags, 0));
    }

    /** Each row's text begins behind its own prefix. */
    private static Argument controlOfRows() {
        double[] numbers = new double[6 + ROWS];
        numbers[4] = PREFIX;
        for (int row = 0; row < ROWS; row++) {
            numbers[6 + row] = Prefixes.length(row, PREFIX);
        }
        return Argument.one("control", Numbers.control(numbers));
    }

    private static Argument control(int firstPosition, int last) {
        return Argument.one("control", Numbers.control(0, 0, 0, 0, firstPosition, last));
    }
}
