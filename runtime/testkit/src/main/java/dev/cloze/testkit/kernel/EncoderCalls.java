package dev.cloze.testkit.kernel;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.bert.BertFamily;
import dev.cloze.runtime.backbone.encoder.EncoderArchitecture;
import dev.cloze.runtime.backbone.encoder.EncoderConfig;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The encoder kernel in the shapes of two models, with random weights: every optional argument left out and given. */
public final class EncoderCalls {

    private static final ComputeDevice OTHER = new ComputeDevice(0);
    private static final int ROWS = 4;
    private static final int SHORT = 32;
    private static final int PREFIX = 5;

    private final String archive;
    private final EncoderArchitecture architecture;
    private final int layerSets;
    private final int rows;
    private final Random random = new Random(3);
    private final List<Argument> weights;

    private EncoderCalls(String archive, EncoderArchitecture architecture, int layerSets, int rows) {
        this.archive = archive;
        this.architecture = architecture;
        this.layerSets = layerSets;
        this.rows = rows;
        this.weights = weights();
    }

    /** The shape of the default model, gradients included. */
    public static List<KernelCall> defaultModel() {
        EncoderArchitecture architecture = EncoderArchitecture.of(new BertFamily(), config(12_000, 128, 2, 2, 512));
        return new EncoderCalls("encoder-default", architecture, 2, ROWS).all(16, true);
    }

    /**
     * The shape of BERT-base: its twelve layers, all with one set of weights and over 2,000 tokens, which keeps the
     * files small and changes nothing about the kernel.
     */
    public static List<KernelCall> bertBase() {
        return new EncoderCalls("encoder-bert-base", alike(config(2_000, 768, 12, 12, 3072)), 1, ROWS).all(32, false);
    }

    /** A text of 32 tokens for twelve layers of width 384, as many embedding models have, again with one set of weights: to profile. */
    public static List<KernelCall> oneText() {
        EncoderCalls calls = new EncoderCalls("encoder-12x384", alike(config(2_000, 384, 12, 12, 1536)), 1, 1);
        List<Values> none = List.of(Floats.none());
        return List.of(
                calls.call(
                        "words", SHORT, false, Numbers.integers(new int[] {17, 4}, 2), 0, Floats.none(), none, false),
                calls.states("means", "means", SHORT, false, Floats.none(), none, false));
    }

    /** All layers with one set of weights. */
    private static EncoderArchitecture alike(JsonObject json) {
        EncoderArchitecture plain = EncoderArchitecture.of(new BertFamily(), json);
        EncoderConfig config = plain.config();
        EncoderConfig shared = new EncoderConfig(
                config.vocabularySize(),
                config.embeddingSize(),
                config.hiddenSize(),
                config.layers(),
                new int[config.layers()],
                config.heads(),
                config.intermediateSize(),
                config.maxPositions(),
                config.positionOffset(),
                config.segments(),
                config.activation(),
                config.headActivation(),
                config.epsilon(),
                0,
                0,
                config.tied());
        return new EncoderArchitecture(plain.family(), shared, plain.weights(), plain.classifier());
    }

    private static JsonObject config(int vocabulary, int hidden, int layers, int heads, int intermediate) {
        JsonObject json = new JsonObject();
        json.addProperty("model_type", "bert");
        json.addProperty("vocab_size", vocabulary);
        json.addProperty("hidden_size", hidden);
        json.addProperty("num_hidden_layers", layers);
        json.addProperty("num_attention_heads", heads);
        json.addProperty("intermediate_size", intermediate);
        json.addProperty("max_position_embeddings", 256);
        return json;
    }

    private List<KernelCall> all(int length, boolean gradients) {
        int width = architecture.config().embeddingSize();
        int heads = architecture.config().heads();
        int arrays = 2 * architecture.config().layers();
        Floats prefix = Floats.random(random, 0, 1, 1, heads, PREFIX, width / heads);
        List<Values> prefixes = Prefixes.everywhere(Collections.nCopies(arrays, prefix));
        Floats each = Floats.random(random, 0, 1, ROWS, heads, PREFIX, width / heads);
        List<Values> ofRows = Prefixes.ofRows(Collections.nCopies(arrays, each), ROWS, PREFIX);
        List<Values> none = List.of(Floats.none());
        Values noWords = Numbers.none();
        Values words = Numbers.integers(new int[] {17, 4, 1999, 256}, 4);
        Values inputs = Floats.random(random, 0, 0.5, ROWS, length, width);
        return List.of(
                call("vocabulary", length, false, noWords, 0, Floats.none(), none, false),
                call("words-padded", length, true, words, 0, Floats.none(), none, gradients),
                call("words-normalised", length, true, words, 1, Floats.none(), none, false),
                call("inputs-prefixes-padded", length, true, words, 0, inputs, prefixes, gradients),
                call("prefixes-of-rows", length, false, words, 0, Floats.none(), ofRows, gradients),
                call("prefixes-of-rows-padded", length, true, words, 0, Floats.none(), ofRows, false),
                states("states", "states", length, false, Floats.none(), none, false),
                states("states-padded", "states", length, true, Floats.none(), none, gradients),
                states("means", "means", length, false, Floats.none(), none, false),
                states("means-padded", "means", length, true, Floats.none(), none, gradients),
                states("means-inputs-prefixes-padded", "means", length, true, inputs, prefixes, false),
                look(length),
                states("queries-padded", "queries", length, true, Floats.none(), none, gradients));
    }

    /** Hidden states take what words do, but for the words and the head; their means no places either, queries the head too. */
    private KernelCall states(
            String name,
            String method,
            int length,
            boolean padded,
            Values inputs,
            List<Values> prefixes,
            boolean gradients) {
        List<String> left =
                switch (method) {
                    case "means" -> List.of("words", "head", "asked");
                    case "queries" -> List.of("words");
                    default -> List.of("words", "head");
                };
        List<Argument> arguments = arguments(length, padded, Numbers.none(), 0, inputs, prefixes).stream()
                .filter(argument -> !left.contains(argument.name()))
                .toList();
        return KernelCall.of(archive, name, architecture.kernel(ComputeDevice.CPU), method, arguments)
                .withElsewhere(architecture.kernel(OTHER))
                .compared(Comparison.BF16.withGradients(gradients));
    }

    private KernelCall look(int length) {
        Values ids = Numbers.ids(random, architecture.config().vocabularySize(), ROWS, length);
        return KernelCall.of(
                        archive,
                        "look",
                        architecture.kernel(ComputeDevice.CPU),
                        "look",
                        List.of(Argument.one("ids", ids), weights.get(0)))
                .withElsewhere(architecture.kernel(OTHER))
                .compared(Comparison.BF16);
    }

    private KernelCall call(
            String name,
            int length,
            boolean padded,
            Values words,
            double normalise,
            Values inputs,
            List<Values> prefixes,
            boolean gradients) {
        return KernelCall.of(
                        archive,
                        name,
                        architecture.kernel(ComputeDevice.CPU),
                        "forward",
                        arguments(length, padded, words, normalise, inputs, prefixes))
                .withElsewhere(architecture.kernel(OTHER))
                .compared(Comparison.BF16.withGradients(gradients));
    }

    private List<Argument> arguments(
            int length, boolean padded, Values words, double normalise, Values inputs, List<Values> prefixes) {
        int[] ids = new int[rows * length];
        int[] segments = new int[ids.length];
        int[] positions = new int[ids.length];
        int[] mask = new int[ids.length];
        int[] asked = new int[rows];
        for (int r = 0; r < rows; r++) {
            int own = padded ? length - 3 * r : length;
            asked[r] = own / 2 + r;
            for (int t = 0; t < own; t++) {
                int at = r * length + t;
                ids[at] = 5 + random.nextInt(architecture.config().vocabularySize() - 5);
                segments[at] = t > own / 2 ? 1 : 0;
                positions[at] = t;
                mask[at] = 1;
            }
        }
        List<Argument> arguments = new ArrayList<>(List.of(
                Argument.one("ids", Numbers.integers(ids, rows, length)),
                Argument.one("segments", Numbers.integers(padded ? segments : new int[0], shape(padded, length))),
                Argument.one("positions", Numbers.integers(positions, rows, length)),
                Argument.one("mask", Numbers.flags(padded ? mask : new int[0], shape(padded, length))),
                Argument.one("asked", Numbers.integers(asked, rows, 1)),
                Argument.one("words", words),
                Argument.one("control", Numbers.control(0, 0, 0, normalise)),
                Argument.one("inputs", inputs),
                Argument.list("prefixes", prefixes)));
        arguments.addAll(weights);
        return arguments;
    }

    private long[] shape(boolean given, int length) {
        return given ? new long[] {rows, length} : new long[] {0};
    }

    private List<Argument> weights() {
        List<Optional<WeightSlot>> layers = architecture.weights().layers();
        int perSet = layers.size() / architecture.config().layers();
        RandomWeights made = new RandomWeights(random);
        return List.of(
                Argument.weights("embedding", made.of(architecture.weights().embedding())),
                Argument.weights("layers", made.of(layers.subList(0, layerSets * perSet))),
                Argument.weights("head", made.of(architecture.weights().head())));
    }
}
