package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cloze.runtime.backbone.BackboneKind;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An encoder with a decoder that writes what the encoder's text asks for.
 *
 * <p>Of a row's masks only the first open one has scores, as the decoder knows what stands for it only after what stands
 * before: the others are minus infinity.
 */
public final class T5 implements TextBackbone {

    private static final int[] NONE = {};

    private final T5Network network;
    private final T5Config config;

    private T5(T5Network network) {
        this.network = network;
        this.config = network.config();
    }

    /** Reads the weights of this configuration from a checkpoint. */
    static T5 load(T5Config config, Checkpoint checkpoint, String name, ComputeDevice device) {
        WeightsReader reader = new WeightsReader(checkpoint, new T5Family(), name);
        T5 model =
                new T5(T5Network.of(config, T5Weights.of(config), device, memory -> slot -> reader.read(memory, slot)));
        reader.reportUnread();
        return model;
    }

    @Override
    public T5 trainableCopy() {
        return copy(network.weights(), true);
    }

    @Override
    public T5 withWeights(Map<WeightSlot, NDArray> source) {
        return copy(source, false);
    }

    private T5 copy(Map<WeightSlot, NDArray> source, boolean trainable) {
        return new T5(T5Network.of(config, network.table(), device(), memory -> slot -> {
            NDArray copy = Objects.requireNonNull(source.get(slot)).duplicate();
            copy.attach(memory);
            if (trainable) {
                copy.setRequiresGradient(true);
            }
            return copy;
        }));
    }

    @Override
    public T5 withWeights(Checkpoint checkpoint, String name) {
        return load(config, checkpoint, name, device());
    }

    @Override
    public BackboneKind kind() {
        return BackboneKind.ENCODER_DECODER;
    }

    /** Sizes; a prefix of the encoder has as many layers as they say, one of the decoder {@link #decoderLayers}. */
    @Override
    public BackboneShape shape() {
        return new BackboneShape(
                config.vocabularySize(),
                config.hiddenSize(),
                config.hiddenSize(),
                config.encoderLayers(),
                config.heads(),
                config.headSize(),
                config.maxLength(),
                config.dropout(),
                config.dropout());
    }

    /** How many layers the decoder has. */
    public int decoderLayers() {
        return config.decoderLayers();
    }

    @Override
    public ComputeDevice device() {
        return network.device();
    }

    @Override
    public NDManager memory() {
        return network.memory();
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return network.weights();
    }

    @Override
    public int[] endTokens() {
        return config.endTokens().clone();
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        float[][][] scores = new float[rows.size()][][];
        int width = words.length == 0 ? config.vocabularySize() : words.length;
        float[] unknown = new float[width];
        Arrays.fill(unknown, Float.NEGATIVE_INFINITY);
        for (int[] bucket : LengthBuckets.of(rows, config.hiddenSize())) {
            List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            int asks = members.get(0).asked().length;
            float[] flat = asks == 0 ? new float[0] : score(members, words, normalise);
            for (int r = 0; r < bucket.length; r++) {
                float[][] row = new float[asks][];
                for (int m = 0; m < asks; m++) {
                    row[m] = m == 0 ? Arrays.copyOfRange(flat, r * width, (r + 1) * width) : unknown.clone();
                }
                scores[bucket[r]] = row;
            }
        }
        return scores;
    }

    private float[] score(List<TokenRow> rows, int[] words, boolean normalise) {
        try (NDManager scope = memory().newSubManager()) {
            T5Network.Question question = question(scope, rows, words, network.control(normalise), Injection.NONE);
            return network.run(T5Network.Mode.INFER, scope, "logits", question, Injection.NONE)
                    .toFloatArray();
        }
    }

    /** The rows may have one open mask each: words of several tokens are learnt by {@link #targetLoss}. */
    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        if (rows.stream().anyMatch(row -> row.asked().length != 1)) {
            throw new UnsupportedOperationException("logits at several masks of a text, of which T5 knows only one");
        }
        NDArray control = Control.of(scope, dropout.hidden(), dropout.attention(), dropout.seed(), normalise ? 1 : 0);
        T5Network.Question question = question(scope, rows, words, control, injection);
        return network.run(T5Network.Mode.TRAIN, scope, "logits", question, injection)
                .expandDims(1);
    }

    private T5Network.Question question(
            NDManager scope, List<TokenRow> rows, int[] words, NDArray control, Injection injection) {
        List<MaskedText> texts = rows.stream()
                .map(row -> MaskedText.of(row, config.startToken()))
                .toList();
        T5Batch targets =
                network.targets(scope, texts.stream().map(MaskedText::target).toList(), injection);
        long[] places = new long[rows.size()];
        for (int r = 0; r < places.length; r++) {
            places[r] = (long) r * targets.width() + texts.get(r).target().length - 1;
        }
        T5Batch sources =
                network.sources(scope, texts.stream().map(MaskedText::source).toList(), injection);
        NDArray wordIds = scope.create(Arrays.stream(words).asLongStream().toArray());
        return new T5Network.Question(sources, targets, scope.create(places), wordIds, control);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        List<int[]> texts = rows.stream()
                .map(row -> MaskedText.of(row, config.startToken()).source())
                .toList();
        return network.look(scope, network.sources(scope, texts, Injection.NONE));
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        NDArray control = Control.of(scope, dropout.hidden(), dropout.attention(), dropout.seed(), 0);
        T5Network.Question question = targets(scope, rows, control, injection);
        return network.run(T5Network.Mode.TRAIN, scope, "loss", question, injection);
    }

    @Override
    public double[] targetLosses(List<TextRow> rows) {
        List<TokenRow> lengths = rows.stream()
                .map(row -> new TokenRow(new int[row.length()], NONE, NONE))
                .toList();
        double[] losses = new double[rows.size()];
        for (int[] bucket : LengthBuckets.of(lengths, config.hiddenSize())) {
            List<TextRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            try (NDManager scope = memory().newSubManager()) {
                T5Network.Question question = targets(scope, members, network.control(false), Injection.NONE);
                float[] found = network.run(T5Network.Mode.INFER, scope, "loss", question, Injection.NONE)
                        .toFloatArray();
                for (int r = 0; r < bucket.length; r++) {
                    losses[bucket[r]] = found[r];
                }
            }
        }
        return losses;
    }

    T5Config config() {
        return config;
    }

    /** Raw logits of the whole vocabulary at each of the inputs a decoder is given as they are: (T, V). */
    NDArray logitsAtInputs(NDManager scope, int[] source, int[] inputs) {
        T5Batch targets = network.targets(scope, List.of(inputs), Injection.NONE);
        T5Batch sources = network.sources(scope, List.of(source), Injection.NONE);
        NDArray places = scope.arange(0, inputs.length, 1, DataType.INT64);
        T5Network.Question question =
                new T5Network.Question(sources, targets, places, scope.create(new long[0]), network.control(false));
        return network.run(T5Network.Mode.INFER, scope, "logits", question, Injection.NONE);
    }

    /** Raw logits of the whole vocabulary where each token of the targets is to be written, row after row: (M, V). */
    NDArray logits(NDManager scope, List<TextRow> rows, Injection injection) {
        T5Network.Question asked = targets(scope, rows, network.control(false), injection);
        T5Network.Question all = new T5Network.Question(
                asked.sources(), asked.targets(), asked.places(), scope.create(new long[0]), asked.control());
        return network.run(T5Network.Mode.TRAIN, scope, "logits", all, injection);
    }

    /** The decoder reads each target behind its start token, and is asked at each of its tokens. */
    private T5Network.Question targets(NDManager scope, List<TextRow> rows, NDArray control, Injection injection) {
        T5Batch targets = network.targets(
                scope, rows.stream().map(row -> shifted(row.target())).toList(), injection);
        int tokens = rows.stream().mapToInt(row -> row.target().length).sum();
        long[] places = new long[tokens];
        long[] labels = new long[tokens];
        int at = 0;
        for (int r = 0; r < rows.size(); r++) {
            int[] target = rows.get(r).target();
            for (int t = 0; t < target.length; t++, at++) {
                places[at] = (long) r * targets.width() + t;
                labels[at] = target[t];
            }
        }
        T5Batch sources =
                network.sources(scope, rows.stream().map(TextRow::source).toList(), injection);
        return new T5Network.Question(sources, targets, scope.create(places), scope.create(labels), control);
    }

    private int[] shifted(int[] target) {
        int[] inputs = new int[target.length];
        inputs[0] = config.startToken();
        System.arraycopy(target, 0, inputs, 1, target.length - 1);
        return inputs;
    }

    @Override
    public int[] before(int[] prompt) {
        return new int[] {config.startToken()};
    }

    /** Relative positions have no end. */
    @Override
    public int room(int read) {
        return Integer.MAX_VALUE;
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        return T5Writer.read(network, prompts, most, injection);
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights().forEach((slot, array) -> tensors.putAll(slot.published(array)));
        return tensors;
    }

    @Override
    public void close() {
        network.close();
    }
}
