package dev.cloze.runtime.backbone.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An encoder with its masked-LM head on a device: its weights, and the kernel that runs over them.
 *
 * <p>Many threads can run it at once. It computes no more than it is asked for: in the last layer only the positions
 * asked, of the vocabulary only the words asked, and hardly any padding.
 */
public final class Encoder implements Backbone {

    /** Places of the kernel's arguments. */
    private static final int INPUTS = 7;

    private static final int PREFIXES = 8;

    private final EncoderArchitecture architecture;
    private final ComputeDevice device;
    private final NDManager memory;
    private final Kernel kernel;
    private final Map<WeightSlot, NDArray> weights = new LinkedHashMap<>();
    private final TensorList embedding;
    private final TensorList layers;
    private final TensorList head;
    private final TensorList noPrefixes;
    private final NDArray none;
    private final NDArray plain;
    private final NDArray normalised;

    private Encoder(
            EncoderArchitecture architecture,
            ComputeDevice device,
            NDManager memory,
            Function<WeightSlot, NDArray> source) {
        this.architecture = architecture;
        this.device = device;
        this.memory = memory;
        this.kernel = Kernel.compile(memory, architecture.kernel());
        this.embedding = list("embedding", architecture.weights().embedding(), source);
        this.layers = list("layers", architecture.weights().layers(), source);
        this.head = list("head", architecture.weights().head(), source);
        this.noPrefixes = TensorList.named("prefixes", List.of(memory.create(new float[0])));
        this.none = memory.create(new float[0]);
        this.plain = Control.of(memory, 0, 0, 0, 0);
        this.normalised = Control.of(memory, 0, 0, 0, 1);
    }

    private TensorList list(String name, List<Optional<WeightSlot>> slots, Function<WeightSlot, NDArray> source) {
        List<NDArray> arrays = new ArrayList<>();
        for (Optional<WeightSlot> slot : slots) {
            NDArray array = slot.map(source).orElseGet(() -> memory.create(new float[0]));
            slot.ifPresent(present -> weights.put(present, array));
            arrays.add(array);
        }
        return TensorList.named(name, arrays);
    }

    /** Reads the weights of this architecture from a checkpoint. */
    public static Encoder load(
            EncoderArchitecture architecture, Checkpoint checkpoint, String name, ComputeDevice device) {
        WeightsReader reader = new WeightsReader(checkpoint, architecture.family(), name);
        Encoder encoder = build(architecture, device, memory -> slot -> reader.read(memory, slot));
        reader.reportUnread();
        return encoder;
    }

    @Override
    public Encoder trainableCopy() {
        return build(architecture, device, memory -> slot -> {
            NDArray copy = java.util.Objects.requireNonNull(weights.get(slot)).duplicate();
            copy.attach(memory);
            copy.setRequiresGradient(true);
            return copy;
        });
    }

    @Override
    public Encoder withWeights(Checkpoint checkpoint, String name) {
        return load(architecture, checkpoint, name, device);
    }

    @Override
    public Encoder withWeights(Map<WeightSlot, NDArray> source) {
        return build(architecture, device, memory -> slot -> {
            NDArray copy = java.util.Objects.requireNonNull(source.get(slot)).duplicate();
            copy.attach(memory);
            return copy;
        });
    }

    private static Encoder build(
            EncoderArchitecture architecture,
            ComputeDevice device,
            Function<NDManager, Function<WeightSlot, NDArray>> source) {
        NDManager memory = NativeMemory.open(device);
        try {
            return new Encoder(architecture, device, memory, source.apply(memory));
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** Its shape and names. */
    public EncoderArchitecture architecture() {
        return architecture;
    }

    @Override
    public BackboneShape shape() {
        EncoderConfig config = architecture.config();
        return new BackboneShape(
                config.vocabularySize(),
                config.embeddingSize(),
                config.hiddenSize(),
                config.layers(),
                config.heads(),
                config.hiddenSize() / config.heads(),
                config.maxLength(),
                config.hiddenDropout(),
                config.attentionDropout());
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
        return java.util.Collections.unmodifiableMap(weights);
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        float[][][] scores = new float[rows.size()][][];
        for (int[] bucket : LengthBuckets.of(rows, architecture.config().hiddenSize())) {
            List<TokenRow> members =
                    java.util.Arrays.stream(bucket).mapToObj(rows::get).toList();
            float[] flat = score(members, words, normalise);
            int asks = members.get(0).asked().length;
            int width = words.length == 0 ? architecture.config().vocabularySize() : words.length;
            for (int r = 0; r < bucket.length; r++) {
                float[][] row = new float[asks][];
                for (int m = 0; m < asks; m++) {
                    int at = (r * asks + m) * width;
                    row[m] = java.util.Arrays.copyOfRange(flat, at, at + width);
                }
                scores[bucket[r]] = row;
            }
        }
        return scores;
    }

    private float[] score(List<TokenRow> rows, int[] words, boolean normalise) {
        try (NDManager scope = memory.newSubManager()) {
            EncoderBatch batch =
                    EncoderBatch.of(scope, rows, architecture.config().positionOffset());
            return kernel.infer(
                            scope, "forward", arguments(batch, wordIds(scope, words), normalise ? normalised : plain))
                    .toFloatArray();
        }
    }

    /** Raw logits of the whole vocabulary, (B, M, V), with the padding on that side. */
    NDArray score(NDManager scope, List<TokenRow> rows, EncoderBatch.Padding padding) {
        EncoderBatch batch = EncoderBatch.of(scope, rows, architecture.config().positionOffset(), padding);
        return kernel.infer(scope, "forward", arguments(batch, wordIds(scope, new int[0]), plain));
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        int first = architecture.config().positionOffset() + injection.firstPosition();
        EncoderBatch batch = EncoderBatch.of(scope, rows, first);
        NDArray control = Control.of(scope, dropout.hidden(), dropout.attention(), dropout.seed(), normalise ? 1 : 0);
        Object[] arguments = arguments(batch, wordIds(scope, words), control);
        if (injection.embeddings() != null) {
            arguments[INPUTS] = injection.embeddings();
        }
        List<NDArray> prefix = injection.prefix(PrefixSite.ENCODER);
        if (prefix.isEmpty()) {
            return kernel.train(scope, "forward", arguments);
        }
        try (TensorList prefixes = TensorList.named("prefixes", prefix)) {
            arguments[PREFIXES] = prefixes;
            return kernel.train(scope, "forward", arguments);
        }
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        EncoderBatch batch = EncoderBatch.of(scope, rows, architecture.config().positionOffset());
        return kernel.train(scope, "look", batch.ids(), embedding);
    }

    private Object[] arguments(EncoderBatch batch, NDArray words, NDArray control) {
        return new Object[] {
            batch.ids(),
            batch.segments(),
            batch.positions(),
            batch.mask(),
            batch.asked(),
            words,
            control,
            none,
            noPrefixes,
            embedding,
            layers,
            head
        };
    }

    private static NDArray wordIds(NDManager scope, int[] words) {
        return scope.create(java.util.Arrays.stream(words).asLongStream().toArray(), new Shape(words.length));
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((slot, array) -> tensors.putAll(slot.published(array)));
        return tensors;
    }

    @Override
    public void close() {
        for (TensorList list : List.of(embedding, layers, head, noPrefixes)) {
            list.close();
        }
        kernel.close();
        memory.close();
    }
}
