package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.TokenIds;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.backbone.cache.PackedWeights;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a T5's decoder computes of each further token that is written. */
final class T5Steps implements AutoCloseable {

    private final T5Config config;
    private final NDManager memory;
    private final Kernel kernel;
    private final Kernel cacheKernel;
    private final TensorList shared;
    private final TensorList decoder;
    private final PackedWeights packed;
    private final TensorList unpacked;

    /** Steps with that kernel and these lists of the weights. */
    T5Steps(
            T5Config config,
            T5Weights table,
            LoadedWeights weights,
            Kernel kernel,
            TensorList shared,
            TensorList decoder) {
        this.config = config;
        this.memory = weights.memory();
        this.kernel = kernel;
        this.cacheKernel = KeyValueCache.kernel(memory);
        this.shared = shared;
        this.decoder = decoder;
        this.packed = new PackedWeights(kernel, weights.device(), written(table, weights), shared, decoder);
        this.unpacked = weights.emptyList("unpacked");
    }

    /** The weights that writing reads: the decoder's and the vocabulary. */
    private List<NDArray> written(T5Weights table, LoadedWeights weights) {
        Optional<WeightSlot> vocabulary = config.tied() ? table.shared().get(0) : table.ownHead();
        return Stream.concat(Stream.of(vocabulary), table.decoder().stream())
                .flatMap(Optional::stream)
                .map(slot -> Objects.requireNonNull(weights.bySlot().get(slot)))
                .toList();
    }

    /** A cache for that many rows, with room for that many slots. */
    KeyValueCache cache(NDManager owner, int rows, int slots) {
        NDArray like = shared.get(0);
        KeyValueCache.Sizes sizes = new KeyValueCache.Sizes(config.decoderLayers(), config.heads(), config.headSize());
        return new KeyValueCache(owner, cacheKernel, sizes, like, rows, slots);
    }

    /** What comes after the tokens (2, B, R), which are written into the cache: (B R, V). See the kernel. */
    NDArray extend(
            NDManager owner,
            NDArray tokens,
            long[][] buckets,
            NDArray tree,
            NDArray cross,
            NDArray crossBias,
            KeyValueCache cache) {
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(
                    owner,
                    "extend",
                    tokens,
                    buckets(scope, buckets),
                    tree,
                    cross,
                    crossBias,
                    Control.of(scope, cache.used()),
                    cache.store(),
                    packed.orElse(unpacked),
                    shared,
                    decoder);
        }
    }

    /** (1 or B, C) */
    private static NDArray buckets(NDManager scope, long[][] rows) {
        long[] flat = Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
        return scope.create(flat, new Shape(rows.length, rows[0].length));
    }

    /** Those rows along an axis. */
    NDArray keep(NDManager owner, NDArray array, int axis, int[] rows) {
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(owner, "keep", array, TokenIds.of(scope, rows), Control.of(scope, axis));
        }
    }

    @Override
    public void close() {
        packed.close();
        cacheKernel.close();
    }
}
