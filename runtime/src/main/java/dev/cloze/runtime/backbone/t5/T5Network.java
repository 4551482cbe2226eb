package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.backbone.cache.PackedWeights;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The weights of a T5 on a device, and the kernel that runs over them. */
final class T5Network implements AutoCloseable {

    private final T5Config config;
    private final T5Weights table;
    private final ComputeDevice device;
    private final NDManager memory;
    private final Kernel kernel;
    private final Kernel cacheKernel;
    private final Map<WeightSlot, NDArray> weights = new LinkedHashMap<>();
    private final TensorList shared;
    private final TensorList encoder;
    private final TensorList decoder;
    private final PackedWeights packed;
    private final Map<PrefixSite, TensorList> noPrefixes = new LinkedHashMap<>();
    private final NDArray none;
    private final NDArray plain;
    private final NDArray normalised;

    private T5Network(
            T5Config config,
            T5Weights table,
            ComputeDevice device,
            NDManager memory,
            Function<WeightSlot, NDArray> source) {
        this.config = config;
        this.table = table;
        this.device = device;
        this.memory = memory;
        this.kernel = Kernel.compile(memory, config.kernel(device));
        this.cacheKernel = KeyValueCache.kernel(memory);
        this.shared = list("shared", table.shared(), source);
        this.encoder = list("encoder", table.encoder(), source);
        this.decoder = list("decoder", table.decoder(), source);
        this.packed = new PackedWeights(kernel, device, written(), shared, decoder);
        for (PrefixSite site : PrefixSite.values()) {
            noPrefixes.put(site, TensorList.named(site + "Prefixes", List.of(memory.create(new float[0]))));
        }
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

    /** The weights that writing reads. */
    private List<NDArray> written() {
        Optional<WeightSlot> words = table.shared().get(config.tied() ? 0 : 1);
        return Stream.concat(Stream.of(words), table.decoder().stream())
                .flatMap(Optional::stream)
                .map(slot -> Objects.requireNonNull(weights.get(slot)))
                .toList();
    }

    /** A network whose weights come from there, made in the memory it is given. */
    static T5Network of(
            T5Config config,
            T5Weights table,
            ComputeDevice device,
            Function<NDManager, Function<WeightSlot, NDArray>> source) {
        NDManager memory = NativeMemory.open(device);
        try {
            return new T5Network(config, table, device, memory, source.apply(memory));
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    T5Config config() {
        return config;
    }

    T5Weights table() {
        return table;
    }

    ComputeDevice device() {
        return device;
    }

    NDManager memory() {
        return memory;
    }

    /** See {@link KeyValueCache#kernel}. */
    Kernel cacheKernel() {
        return cacheKernel;
    }

    Map<WeightSlot, NDArray> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /** The control of a call without dropout. */
    NDArray control(boolean normalise) {
        return normalise ? normalised : plain;
    }

    /** The texts of an encoder behind what a soft method adds to it. */
    T5Batch sources(NDManager scope, List<int[]> texts, Injection injection) {
        int prefix = injection.prefixLength(PrefixSite.ENCODER);
        return T5Batch.of(scope, texts, config.encoderBuckets(), prefix, injection.firstPosition());
    }

    /** The inputs of a decoder, likewise. */
    T5Batch targets(NDManager scope, List<int[]> texts, Injection injection) {
        int prefix = injection.prefixLength(PrefixSite.DECODER);
        return T5Batch.of(scope, texts, config.decoderBuckets(), prefix, injection.firstPosition());
    }

    /** Runs {@code logits} or {@code loss}, which take the same arguments. */
    NDArray run(Mode mode, NDManager scope, String method, Question question, Injection injection) {
        try (Prefixes prefixes = new Prefixes(scope, injection)) {
            Object[] arguments = {
                question.sources().ids(),
                question.sources().mask(),
                question.sources().buckets(),
                question.sources().prefixBuckets(),
                question.targets().ids(),
                question.targets().buckets(),
                question.targets().prefixBuckets(),
                question.places(),
                question.tokens(),
                question.control(),
                inputs(injection),
                prefixes.at(PrefixSite.ENCODER),
                prefixes.at(PrefixSite.DECODER),
                prefixes.at(PrefixSite.CROSS),
                shared,
                encoder,
                decoder
            };
            return mode == Mode.TRAIN ? kernel.train(scope, method, arguments) : kernel.infer(scope, method, arguments);
        }
    }

    /** The word embeddings of a batch, with the graph behind them: (B, T, E). */
    NDArray look(NDManager scope, T5Batch batch) {
        return kernel.train(scope, "look", batch.ids(), shared);
    }

    /** Every decoder layer's keys and values of the texts: (2L, B, H, P + S, D), of the CROSS prefix and the texts. */
    NDArray read(NDManager scope, T5Batch sources, Injection injection) {
        try (Prefixes prefixes = new Prefixes(scope, injection)) {
            return kernel.infer(
                    scope,
                    "read",
                    sources.ids(),
                    sources.mask(),
                    sources.buckets(),
                    sources.prefixBuckets(),
                    plain,
                    inputs(injection),
                    prefixes.at(PrefixSite.ENCODER),
                    prefixes.at(PrefixSite.CROSS),
                    shared,
                    encoder,
                    decoder);
        }
    }

    /** Which of these keys and values the decoder's tokens see: (B, 1, 1, P + S), or empty where they see all. */
    NDArray crossBias(NDManager scope, T5Batch sources, Injection injection) {
        if (sources.mask().isEmpty()) {
            return scope.create(new float[0]);
        }
        try (Prefixes prefixes = new Prefixes(scope, injection)) {
            return kernel.infer(scope, "bias", sources.mask(), embedding(), prefixes.at(PrefixSite.CROSS));
        }
    }

    /** Any weight will do: what is computed is of its type. */
    private NDArray embedding() {
        return weights.values().iterator().next();
    }

    /** What comes after the tokens (2, B, R), which are written into the cache: (B R, V). See the kernel. */
    NDArray extend(
            NDManager owner,
            NDArray tokens,
            long[] buckets,
            NDArray tree,
            NDArray cross,
            NDArray crossBias,
            KeyValueCache cache) {
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(
                    owner,
                    "extend",
                    tokens,
                    scope.create(buckets),
                    tree,
                    cross,
                    crossBias,
                    Control.of(scope, cache.used()),
                    cache.store(),
                    packed.orElse(noPrefix(PrefixSite.DECODER)),
                    shared,
                    decoder);
        }
    }

    /** Those rows along an axis. */
    NDArray keep(NDManager owner, NDArray array, int axis, int[] rows) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray index = scope.create(Arrays.stream(rows).asLongStream().toArray());
            return kernel.infer(owner, "keep", array, index, Control.of(scope, axis));
        }
    }

    private NDArray inputs(Injection injection) {
        NDArray embeddings = injection.embeddings();
        return embeddings == null ? none : embeddings;
    }

    /** A list of one empty array. */
    private TensorList noPrefix(PrefixSite site) {
        return Objects.requireNonNull(noPrefixes.get(site));
    }

    /** Whether a graph for gradients is kept. */
    enum Mode {
        INFER,
        TRAIN
    }

    /**
     * What a call is about.
     *
     * @param places of the decoder's inputs, counted row by row, (M,) int64
     * @param tokens the words asked for, or each place's right token
     */
    record Question(T5Batch sources, T5Batch targets, NDArray places, NDArray tokens, NDArray control) {}

    /** The prefixes of one call; an array that stands at two sites is another view of itself at the second. */
    private final class Prefixes implements AutoCloseable {

        private final Map<PrefixSite, TensorList> lists = new LinkedHashMap<>();

        Prefixes(NDManager scope, Injection injection) {
            Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (PrefixSite site : PrefixSite.values()) {
                List<NDArray> arrays = new ArrayList<>();
                for (NDArray array : injection.prefix(site)) {
                    arrays.add(seen.add(array) ? array : view(scope, array));
                }
                if (!arrays.isEmpty()) {
                    lists.put(site, TensorList.named(site + "Prefixes", arrays));
                }
            }
        }

        private static NDArray view(NDManager scope, NDArray array) {
            NDArray view = array.reshape(array.getShape());
            view.attach(scope);
            return view;
        }

        TensorList at(PrefixSite site) {
            return lists.getOrDefault(site, noPrefix(site));
        }

        @Override
        public void close() {
            lists.values().forEach(TensorList::close);
        }
    }

    @Override
    public void close() {
        packed.close();
        for (TensorList list : List.of(shared, encoder, decoder)) {
            list.close();
        }
        noPrefixes.values().forEach(TensorList::close);
        kernel.close();
        cacheKernel.close();
        memory.close();
    }
}
