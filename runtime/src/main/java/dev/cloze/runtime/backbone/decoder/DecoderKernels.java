package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.EmbeddingList;
import dev.cloze.runtime.backbone.FoundWords;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.PrefixArrays;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.WeightList;
import dev.cloze.runtime.backbone.WeightList.Halved;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.LargeWork;
import dev.cloze.runtime.engine.TensorList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A decoder's kernels with its weights, whose lists are handed to libtorch once. */
final class DecoderKernels implements AutoCloseable {

    /** More lines at a time than these are written faster in bfloat16, ... */
    private static final int FEW_LINES = 8;

    /** ... and longer prompts read so, so that they are worth a copy of the matrices in it. */
    private static final int FEW_TOKENS = 128;

    private final DecoderConfig config;
    private final NDManager memory;
    private final ComputeDevice device;
    private final Kernel kernel;
    private final Kernel cacheKernel;
    private final EmbeddingList embedding;
    private final WeightList layers;
    private final TensorList head;
    private final WeightList vocabulary;
    private final TensorList noPrefixes;
    private final NDArray none;
    private final NDArray like;

    DecoderKernels(DecoderArchitecture architecture, LoadedWeights weights) {
        this.config = architecture.config();
        this.memory = weights.memory();
        this.device = weights.device();
        this.kernel = Kernel.compile(memory, architecture.kernel(weights.device()));
        this.cacheKernel = KeyValueCache.kernel(memory);
        DecoderWeights table = architecture.weights();
        NDArray frequencies = memory.create(config.rotary().frequencies());
        this.embedding = weights.embeddings(table.embedding(), frequencies);
        this.layers = weights.packable("layers", table.layers());
        this.head = weights.list("head", table.head());
        NDArray own = head.get(2);
        this.vocabulary = own.isEmpty() ? weights.packedCopy(embedding) : weights.packedCopy(own);
        this.noPrefixes = weights.emptyList("prefixes");
        this.none = weights.none();
        this.like = isHalf(weights)
                ? kernel.infer(memory, "lowered", none)
                : memory.zeros(new Shape(1), embedding.get(0).getDataType());
    }

    private static boolean isHalf(LoadedWeights weights) {
        return weights.device().precision() == ComputePrecision.BFLOAT16;
    }

    /** Keys or values of a cache in float32. */
    NDArray raised(NDManager scope, NDArray kept) {
        return kernel.infer(scope, "raised", kept);
    }

    NDManager memory() {
        return memory;
    }

    ComputeDevice device() {
        return device;
    }

    /**
     * The control of a call on whole texts; of the embeddings the published dropout rate counts where that of the rest is used.
     *
     * @param injection for where the texts begin
     * @param last what the method says of it
     */
    NDArray control(NDManager scope, Dropout dropout, Injection injection, int last) {
        DecoderConfig.Dropouts published = config.dropouts();
        double embeddings = dropout.hidden() == published.hidden() ? published.embedding() : dropout.hidden();
        double[] numbers = {
            dropout.hidden(),
            dropout.attention(),
            dropout.hidden() == 0 && dropout.attention() == 0 ? 0 : embeddings,
            dropout.seed(),
            injection.firstPosition(),
            last
        };
        int[] firsts = injection.firstPositions();
        return firsts.length == 1
                ? Control.of(scope, numbers)
                : Control.of(
                        scope,
                        DoubleStream.concat(
                                        DoubleStream.of(numbers),
                                        Arrays.stream(firsts).asDoubleStream())
                                .toArray());
    }

    /** Runs a method on whole texts, without a graph. */
    NDArray infer(NDManager scope, String method, Injection injection, NDArray... own) {
        NDArray inputs = inputs(scope, own[0], injection, () -> FoundWords.in(embedding.plain()));
        return with(scope, injection, false, prefixes -> {
            long tokens = own[0].size();
            Object[] arguments = arguments(own, inputs, prefixes, layers.forRows(tokens));
            return LargeWork.of(tokens, () -> kernel.infer(scope, method, arguments));
        });
    }

    /** The same with the graph behind it, if this thread records one. */
    NDArray train(NDManager scope, String method, Injection injection, NDArray... own) {
        NDArray inputs = inputs(scope, own[0], injection, () -> FoundWords.in(embedding.plain()));
        return with(
                scope,
                injection,
                true,
                prefixes -> kernel.train(scope, method, arguments(own, inputs, prefixes, layers.plain())));
    }

    private NDArray with(NDManager scope, Injection injection, boolean graph, Function<TensorList, NDArray> call) {
        List<NDArray> prefix = PrefixArrays.of(scope, injection, PrefixSite.DECODER, none);
        if (prefix.isEmpty()) {
            return call.apply(noPrefixes);
        }
        try (TensorList prefixes = graph ? TensorList.named("prefixes", prefix) : TensorList.of(prefix)) {
            return call.apply(prefixes);
        }
    }

    /** What stands in place of the ids (B, T) where texts are written; an empty array where they stand for themselves. */
    NDArray inputs(NDManager scope, NDArray ids, Injection injection) {
        return inputs(scope, ids, injection, () -> lookUp(scope, ids::toLongArray));
    }

    /** The same with the graph behind it, and with words looked up in these. */
    private NDArray inputs(NDManager scope, NDArray ids, Injection injection, Supplier<FoundWords> words) {
        NDArray virtual = injection.virtual();
        return virtual == null
                ? or(injection.embeddings(), none)
                : words.get().lookedUp(ids, (places, table) -> kernel.train(scope, "virtual", places, virtual, table));
    }

    /** A method's own arguments, ids first and control last, before those of all methods on whole texts. */
    private Object[] arguments(NDArray[] own, NDArray inputs, TensorList prefixes, TensorList weights) {
        return Stream.concat(Stream.of(own), Stream.of(inputs, prefixes, embedding.plain(), weights, head))
                .toArray();
    }

    /** The word embeddings of ids (B, T), with the graph behind them. */
    NDArray look(NDManager scope, NDArray ids) {
        return embedding
                .present(scope, ids::toLongArray)
                .lookedUp(ids, (places, table) -> kernel.train(scope, "look", places, table));
    }

    /** The head's rows of words (W,): (W, E). */
    NDArray wordVectors(NDManager scope, NDArray words) {
        NDArray own = head.get(2);
        if (own.isEmpty()) {
            return look(scope, words);
        }
        try (TensorList rows = TensorList.of(List.of(own))) {
            return kernel.train(scope, "look", words, rows);
        }
    }

    /** A cache for that many rows, with room for that many slots. */
    KeyValueCache cache(NDManager owner, int rows, int slots) {
        KeyValueCache.Sizes sizes = new KeyValueCache.Sizes(config.layers(), config.keyValueHeads(), config.headSize());
        return new KeyValueCache(owner, cacheKernel, sizes, like, rows, slots);
    }

    /**
     * Writes tokens (2, B, T), ids and positions, into the cache, which has room for them, and says what comes after the
     * places asked.
     *
     * @param asked (N,) of B T; empty for all
     * @param bias (B, 1, T, S); empty where each token sees all before it
     * @param inputs in place of the ids, or empty
     */
    NDArray extend(NDManager owner, NDArray tokens, NDArray asked, NDArray bias, NDArray inputs, KeyValueCache cache) {
        Optional<Halved> words = words();
        long rows = tokens.size() / 2;
        try (NDManager scope = memory.newSubManager()) {
            if (words.isEmpty()) {
                return kernel.infer(
                        owner,
                        "extend",
                        tokens,
                        asked,
                        bias,
                        inputs,
                        Control.of(scope, cache.used()),
                        cache.store(),
                        vocabulary.packs(rows) ? vocabulary.forRows(rows) : noPrefixes,
                        embedding.plain(),
                        layers.forRows(rows),
                        head);
            }
            Halved all = layers.halved().orElseThrow();
            FoundWords found = lookUp(scope, () -> inputs.isEmpty() ? ids(tokens) : new long[0]);
            boolean few = asHalves(rows, asked.isEmpty() ? rows : asked.size());
            return kernel.infer(
                    owner,
                    "extendHalved",
                    tokens,
                    asked,
                    bias,
                    inputs.isEmpty() ? found.inputs(tokens.getShape().slice(1)).orElse(none) : inputs,
                    Control.of(scope, cache.used(), few ? 1 : 0),
                    cache.store(),
                    words.get().matrices(),
                    all.matrices(),
                    found.list(),
                    few ? all.others() : layers.forRows(rows),
                    head);
        }
    }

    /** The vocabulary in 16 bits, where the layers are too. */
    private Optional<Halved> words() {
        return layers.halved().flatMap(all -> vocabulary.halved());
    }

    /** To look words up in; they are in 16 bits where all is, once the vocabulary has been made of them. */
    private FoundWords lookUp(NDManager scope, Supplier<long[]> ids) {
        return words().isPresent() ? embedding.lookUp(scope, ids) : FoundWords.in(embedding.plain());
    }

    /** The ids of tokens (2, B, T). */
    private static long[] ids(NDArray tokens) {
        long[] both = tokens.toLongArray();
        return Arrays.copyOf(both, both.length / 2);
    }

    /** Whether so many tokens, after so many of which others are asked, are read by matrices of 16 bits; in float32 always. */
    private boolean asHalves(long tokens, long asked) {
        return like.getDataType() == DataType.FLOAT32 || (asked <= FEW_LINES && tokens <= FEW_TOKENS);
    }

    /** An empty array. */
    NDArray none() {
        return none;
    }

    private static NDArray or(@Nullable NDArray array, NDArray otherwise) {
        return array == null ? otherwise : array;
    }

    @Override
    public void close() {
        kernel.close();
        cacheKernel.close();
    }
}
