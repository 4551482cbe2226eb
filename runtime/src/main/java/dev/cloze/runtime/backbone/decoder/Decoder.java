package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.backbone.cache.PackedWeights;
import dev.cloze.runtime.backbone.decoder.DecoderBatch.Text;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A decoder with its language-model head on a device: its weights, and the kernel that runs over them.
 *
 * <p>Many threads can run it at once. It computes no more than it is asked for: the vocabulary only where a token is
 * predicted, of it only the words asked, and hardly any padding. Masks must be the last tokens of a row; where a row has
 * several, what the first of them stands for is predicted, and the others' scores are minus infinity until it is filled.
 */
public final class Decoder implements TextBackbone {

    /** Numbers of the vocabulary's logits that are computed at a time where no gradients are needed: 64 MB. */
    private static final int LOGITS = 1 << 24;

    private final DecoderArchitecture architecture;
    private final ComputeDevice device;
    private final NDManager memory;
    private final DecoderKernels kernels;
    private final Map<WeightSlot, NDArray> weights = new LinkedHashMap<>();

    private Decoder(
            DecoderArchitecture architecture,
            ComputeDevice device,
            NDManager memory,
            Function<WeightSlot, NDArray> source) {
        this.architecture = architecture;
        this.device = device;
        this.memory = memory;
        DecoderWeights table = architecture.weights();
        List<NDArray> embedding = arrays(table.embedding(), source);
        embedding.add(memory.create(architecture.config().rotary().frequencies()));
        Kernel kernel = Kernel.compile(memory, architecture.kernel(device));
        TensorList embeddings = TensorList.named("embedding", embedding);
        TensorList layers = TensorList.named("layers", arrays(table.layers(), source));
        TensorList head = TensorList.named("head", arrays(table.head(), source));
        this.kernels = new DecoderKernels(
                memory,
                kernel,
                KeyValueCache.kernel(memory),
                embeddings,
                layers,
                head,
                new PackedWeights(kernel, device, weights.values(), embeddings, layers, head),
                TensorList.named("prefixes", List.of(memory.create(new float[0]))),
                memory.create(new float[0]));
    }

    private List<NDArray> arrays(List<Optional<WeightSlot>> slots, Function<WeightSlot, NDArray> source) {
        List<NDArray> arrays = new ArrayList<>();
        for (Optional<WeightSlot> slot : slots) {
            NDArray array = slot.map(source).orElseGet(() -> memory.create(new float[0]));
            slot.ifPresent(present -> weights.put(present, array));
            arrays.add(array);
        }
        return arrays;
    }

    /** Reads the weights of this architecture from a checkpoint. */
    public static Decoder load(
            DecoderArchitecture architecture, Checkpoint checkpoint, String name, ComputeDevice device) {
        WeightsReader reader = new WeightsReader(checkpoint, architecture.family(), name);
        Decoder decoder = build(architecture, device, memory -> slot -> reader.read(memory, slot));
        reader.reportUnread();
        return decoder;
    }

    @Override
    public Decoder trainableCopy() {
        return build(architecture, device, memory -> slot -> {
            NDArray copy = copy(memory, weights.get(slot));
            copy.setRequiresGradient(true);
            return copy;
        });
    }

    @Override
    public Decoder withWeights(Checkpoint checkpoint, String name) {
        return load(architecture, checkpoint, name, device);
    }

    @Override
    public Decoder withWeights(Map<WeightSlot, NDArray> source) {
        return build(architecture, device, memory -> slot -> copy(memory, source.get(slot)));
    }

    private static NDArray copy(NDManager memory, @Nullable NDArray weight) {
        NDArray copy = Objects.requireNonNull(weight).duplicate();
        copy.attach(memory);
        return copy;
    }

    private static Decoder build(
            DecoderArchitecture architecture,
            ComputeDevice device,
            Function<NDManager, Function<WeightSlot, NDArray>> source) {
        NDManager memory = NativeMemory.open(device);
        try {
            return new Decoder(architecture, device, memory, source.apply(memory));
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    DecoderKernels kernels() {
        return kernels;
    }

    /** Its shape and names. */
    public DecoderArchitecture architecture() {
        return architecture;
    }

    @Override
    public BackboneKind kind() {
        return BackboneKind.DECODER;
    }

    @Override
    public BackboneShape shape() {
        DecoderConfig config = architecture.config();
        return new BackboneShape(
                config.vocabularySize(),
                config.hiddenSize(),
                config.hiddenSize(),
                config.layers(),
                config.keyValueHeads(),
                config.headSize(),
                config.maxLength(),
                config.dropouts().hidden(),
                config.dropouts().attention());
    }

    @Override
    public ComputeDevice device() {
        return device;
    }

    @Override
    public NDManager memory() {
        return memory;
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return Collections.unmodifiableMap(weights);
    }

    @Override
    public int[] endTokens() {
        return architecture.config().endTokens().clone();
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        List<Text> texts = rows.stream().map(DecoderBatch::beforeMasks).toList();
        float[][][] scores = new float[rows.size()][][];
        for (int[] bucket : buckets(texts.stream().map(Text::ids).toList())) {
            List<Text> members = Arrays.stream(bucket).mapToObj(texts::get).toList();
            float[] flat;
            try (NDManager scope = memory.newSubManager()) {
                DecoderBatch batch = DecoderBatch.of(scope, members);
                NDArray control = control(scope, Dropout.NONE, 0, normalise ? 1 : 0);
                flat = kernels.infer(scope, "forward", batch.ids(), batch.asked(), wordIds(scope, words), control)
                        .toFloatArray();
            }
            int width = flat.length / bucket.length;
            for (int r = 0; r < bucket.length; r++) {
                float[][] row = new float[rows.get(bucket[r]).asked().length][width];
                row[0] = Arrays.copyOfRange(flat, r * width, (r + 1) * width);
                for (int j = 1; j < row.length; j++) {
                    Arrays.fill(row[j], Float.NEGATIVE_INFINITY);
                }
                scores[bucket[r]] = row;
            }
        }
        return scores;
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        if (rows.stream().anyMatch(row -> row.asked().length != 1)) {
            throw new UnsupportedOperationException(
                    "a decoder is trained on one mask a row; words of several tokens are"
                            + " trained by their targetLoss");
        }
        DecoderBatch batch = DecoderBatch.of(
                scope, rows.stream().map(DecoderBatch::beforeMasks).toList());
        NDArray control = control(scope, dropout, injection.firstPosition(), normalise ? 1 : 0);
        return kernels.train(scope, "forward", injection, batch.ids(), batch.asked(), wordIds(scope, words), control)
                .expandDims(1);
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        DecoderBatch batch = DecoderBatch.ofTargets(scope, rows);
        NDArray control = control(scope, dropout, injection.firstPosition(), 0);
        return kernels.train(scope, "loss", injection, batch.ids(), batch.asked(), batch.targets(), control);
    }

    @Override
    public double[] targetLosses(List<TextRow> rows) {
        double[] losses = new double[rows.size()];
        int chunk = Math.max(1, LOGITS / architecture.config().vocabularySize());
        for (int[] bucket : buckets(rows.stream().map(DecoderBatch::joined).toList())) {
            try (NDManager scope = memory.newSubManager()) {
                DecoderBatch batch = DecoderBatch.ofTargets(
                        scope, Arrays.stream(bucket).mapToObj(rows::get).toList());
                NDArray control = control(scope, Dropout.NONE, 0, chunk);
                float[] sums = kernels.infer(scope, "loss", batch.ids(), batch.asked(), batch.targets(), control)
                        .toFloatArray();
                for (int r = 0; r < bucket.length; r++) {
                    losses[bucket[r]] = sums[r];
                }
            }
        }
        return losses;
    }

    /** Raw logits of the whole vocabulary after every token of one text, (T, V). */
    NDArray everywhere(NDManager scope, int[] ids, Injection injection) {
        int[] all = java.util.stream.IntStream.range(0, ids.length).toArray();
        DecoderBatch batch = DecoderBatch.of(scope, List.of(new Text(ids, all)));
        NDArray control = control(scope, Dropout.NONE, injection.firstPosition(), 0);
        return kernels.train(
                scope, "forward", injection, batch.ids(), batch.asked(), wordIds(scope, new int[0]), control);
    }

    /** Keys and values of each layer in turn that a text leaves, (1, K, T, D): a prefix with which texts go on after it. */
    public List<NDArray> activations(NDManager scope, int[] ids) {
        PromptReader reader = new PromptReader(architecture.config(), kernels, List.of(ids), 0, Injection.NONE);
        return reader.activations(scope);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        DecoderBatch batch = DecoderBatch.of(
                scope, rows.stream().map(row -> new Text(row.ids(), new int[0])).toList());
        return kernels.look(scope, batch.ids());
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        return new PromptReader(architecture.config(), kernels, prompts, most, injection).read();
    }

    private List<int[]> buckets(List<int[]> texts) {
        List<TokenRow> rows = texts.stream()
                .map(ids -> new TokenRow(ids, new int[0], new int[0]))
                .toList();
        return LengthBuckets.of(rows, architecture.config().hiddenSize());
    }

    /** The published rate of the embeddings counts where the published rate of the rest is used. */
    private NDArray control(NDManager scope, Dropout dropout, int firstPosition, int last) {
        DecoderConfig.Dropouts published = architecture.config().dropouts();
        double embedding = dropout.hidden() == published.hidden() ? published.embedding() : dropout.hidden();
        return Control.of(
                scope,
                dropout.hidden(),
                dropout.attention(),
                dropout.hidden() == 0 && dropout.attention() == 0 ? 0 : embedding,
                dropout.seed(),
                firstPosition,
                last);
    }

    private static NDArray wordIds(NDManager scope, int[] words) {
        return scope.create(Arrays.stream(words).asLongStream().toArray(), new Shape(words.length));
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((slot, array) -> tensors.putAll(slot.published(array)));
        return tensors;
    }

    @Override
    public void close() {
        kernels.close();
        memory.close();
    }
}
