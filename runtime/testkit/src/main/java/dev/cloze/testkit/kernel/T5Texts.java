package dev.cloze.testkit.kernel;

import dev.cloze.runtime.backbone.t5.RelativeBuckets;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a T5 computes of whole texts: embeddings, logits at places of the targets, losses, keys and values to write after. */
final class T5Texts {

    private static final int ROWS = 4;
    private static final int LENGTH = 20;
    private static final int TARGET = 6;
    private static final int PREFIX = 5;

    private final T5Sample sample;
    private final Argument ids;
    private final Argument targets;
    private final Argument inputs;
    private final Argument padding;
    private final Argument places;
    private final List<Argument> prefixes;

    T5Texts(T5Sample sample) {
        this.sample = sample;
        this.ids = sample.ids("ids", ROWS, LENGTH);
        this.targets = sample.ids("targets", ROWS, TARGET);
        this.inputs = Argument.one(
                "inputs",
                Floats.random(
                        sample.random(), 0, 0.5, ROWS, LENGTH, sample.config().hiddenSize()));
        int[] mask = IntStream.range(0, ROWS * LENGTH)
                .map(i -> i % LENGTH < LENGTH - 3 * (i / LENGTH) ? 1 : 0)
                .toArray();
        this.padding = Argument.one("mask", Numbers.flags(mask, ROWS, LENGTH));
        // Row r's target is shorter by r.
        int[] each = IntStream.range(0, ROWS * TARGET)
                .filter(place -> place % TARGET < TARGET - place / TARGET)
                .toArray();
        this.places = Argument.one("places", Numbers.integers(each, each.length));
        this.prefixes = List.of(
                prefix("encoderPrefixes", sample.config().encoderLayers()),
                prefix("decoderPrefixes", sample.config().decoderLayers()),
                prefix("crossPrefixes", sample.config().decoderLayers()));
    }

    private Argument prefix(String name, int layers) {
        return Argument.weights(name, Prefixes.everywhere(keysAndValues(1, layers)));
    }

    private Argument prefixOfRows(String name, int layers) {
        return Argument.list(name, Prefixes.ofRows(keysAndValues(ROWS, layers), ROWS, PREFIX));
    }

    private List<Floats> keysAndValues(int rows, int layers) {
        return Stream.generate(() -> sample.keys(rows, PREFIX))
                .limit(2L * layers)
                .toList();
    }

    List<KernelCall> all(boolean gradients) {
        // In bfloat16 some hidden units end up on the other side of the activation, and their gradients are others.
        Comparison trained = gradients ? Comparison.PLAIN.withGradients(true) : Comparison.BF16;
        Argument all = Argument.one("words", Numbers.none());
        Argument words = Argument.one("words", Numbers.integers(new int[] {17, 4, 1999, 256}, 4));
        int count = (int) places.tensors().get(0).shape()[0];
        Argument labels = Argument.one(
                "labels", Numbers.ids(sample.random(), sample.config().vocabularySize(), count));
        return List.of(
                sample.call("look", "look", List.of(ids, sample.shared())),
                ask("vocabulary", "logits", all, false, 0, false),
                ask("words-padded", "logits", words, true, 0, false).compared(trained),
                ask("words-normalised", "logits", words, true, 1, false),
                ask("words-inputs-prefixes", "logits", words, true, 0, true).compared(trained),
                ask("loss", "loss", labels, true, 0, false).compared(trained),
                ask("loss-inputs-prefixes", "loss", labels, false, 0, true).compared(trained),
                ask("states", "states", false),
                ask("states-padded-inputs-prefixes", "states", true),
                ask("said-padded-inputs-prefixes", "said", true),
                ofEncoder("encoded", "encoded", List.of(places), false),
                ofEncoder("encoded-padded-inputs-prefixes", "encoded", List.of(places), true),
                ofEncoder("means", "means", List.of(), false),
                ofEncoder("means-padded-inputs-prefixes", "means", List.of(), true),
                read("read", false, false),
                read("read-padded-prefixes", true, true),
                ofRows("words-prefixes-of-rows", ask("", "logits", words, true, 0, true)),
                ofRows("read-prefixes-of-rows", read("", true, true)),
                sample.call("bias", "bias", List.of(padding, inputs, emptyPrefix(2))),
                sample.call("bias-prefixes", "bias", List.of(padding, inputs, prefixes.get(2))));
    }

    /** The two methods take the same arguments, the words asked or the labels among them. */
    private KernelCall ask(
            String name, String method, Argument tokens, boolean padded, int normalise, boolean injected) {
        return sample.call(name, method, whole(List.of(places, tokens), padded, normalise, injected));
    }

    /** That call with a prefix of its own for each row, behind which the row's texts begin. */
    private KernelCall ofRows(String name, KernelCall alike) {
        int encoder = sample.config().encoderLayers();
        int decoder = sample.config().decoderLayers();
        Map<String, Argument> own = Stream.of(
                        prefixOfRows("encoderPrefixes", encoder),
                        prefixOfRows("decoderPrefixes", decoder),
                        prefixOfRows("crossPrefixes", decoder),
                        bucketsOfRows("prefixBuckets", sample.config().encoderBuckets(), LENGTH),
                        bucketsOfRows("targetPrefixBuckets", sample.config().decoderBuckets(), TARGET))
                .collect(Collectors.toMap(Argument::name, argument -> argument));
        return sample.call(
                name,
                alike.method(),
                alike.arguments().stream()
                        .map(argument -> own.getOrDefault(argument.name(), argument))
                        .toList());
    }

    private static Argument bucketsOfRows(String name, RelativeBuckets buckets, int length) {
        int[] numbers = IntStream.range(0, ROWS)
                .map(row -> Prefixes.length(row, PREFIX))
                .mapToObj(first -> buckets.range(1 - length - first, PREFIX - 1 - first))
                .flatMapToLong(Arrays::stream)
                .mapToInt(Math::toIntExact)
                .toArray();
        return Argument.one(name, Numbers.integers(numbers, ROWS, length + PREFIX - 1));
    }

    /** Hidden states ask for no words, and what is said of all words for none of them. */
    private KernelCall ask(String name, String method, boolean injected) {
        return sample.call(name, method, whole(List.of(places), injected, 0, injected));
    }

    private KernelCall ofEncoder(String name, String method, List<Argument> own, boolean injected) {
        List<Argument> arguments = sources(injected, injected);
        arguments.addAll(own);
        arguments.addAll(List.of(control(0), inputs(injected), injected ? prefixes.get(0) : emptyPrefix(0)));
        arguments.addAll(List.of(sample.shared(), sample.encoder()));
        return sample.call(name, method, arguments);
    }

    private List<Argument> whole(List<Argument> asked, boolean padded, int normalise, boolean injected) {
        List<Argument> arguments = sources(padded, injected);
        arguments.add(targets);
        arguments.add(T5Sample.buckets("targetBuckets", sample.config().decoderBuckets(), 1 - TARGET, TARGET - 1));
        arguments.add(
                injected
                        ? T5Sample.buckets(
                                "targetPrefixBuckets", sample.config().decoderBuckets(), 1 - TARGET - PREFIX, -1)
                        : T5Sample.noBuckets("targetPrefixBuckets"));
        arguments.addAll(asked);
        arguments.add(control(normalise));
        arguments.add(inputs(injected));
        for (int site = 0; site < prefixes.size(); site++) {
            arguments.add(injected ? prefixes.get(site) : emptyPrefix(site));
        }
        arguments.addAll(List.of(sample.shared(), sample.encoder(), sample.decoder()));
        return arguments;
    }

    private KernelCall read(String name, boolean padded, boolean injected) {
        List<Argument> arguments = sources(padded, injected);
        arguments.add(control(0));
        arguments.add(inputs(injected));
        arguments.add(injected ? prefixes.get(0) : emptyPrefix(0));
        arguments.add(injected ? prefixes.get(2) : emptyPrefix(2));
        arguments.addAll(List.of(sample.shared(), sample.encoder(), sample.decoder()));
        return sample.call(name, "read", arguments);
    }

    /** The encoder's texts, which stand behind their prefix. */
    private List<Argument> sources(boolean padded, boolean injected) {
        var buckets = sample.config().encoderBuckets();
        return new ArrayList<>(List.of(
                ids,
                padded ? padding : Argument.one("mask", Numbers.flags(new int[0], 0)),
                T5Sample.buckets("buckets", buckets, 1 - LENGTH, LENGTH - 1),
                injected
                        ? T5Sample.buckets("prefixBuckets", buckets, 1 - LENGTH - PREFIX, -1)
                        : T5Sample.noBuckets("prefixBuckets")));
    }

    private Argument inputs(boolean injected) {
        return injected ? inputs : Argument.one("inputs", Floats.none());
    }

    private Argument emptyPrefix(int site) {
        return Argument.list(prefixes.get(site).name(), List.of(Floats.none()));
    }

    private static Argument control(int normalise) {
        return Argument.one("control", Numbers.control(0, 0, 0, normalise));
    }
}
