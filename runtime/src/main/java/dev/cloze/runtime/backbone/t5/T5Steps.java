package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.TokenIds;
import dev.cloze.runtime.backbone.WeightList;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.util.Arrays;

/** What a T5's decoder computes of each further token that is written. */
final class T5Steps implements AutoCloseable {

    private final T5Config config;
    private final NDManager memory;
    private final Kernel kernel;
    private final Kernel cacheKernel;
    private final TensorList shared;
    private final WeightList decoder;
    private final WeightList vocabulary;
    private final TensorList unpacked;
    private final NDArray like;
    private final boolean half;

    /** Steps with that kernel and these lists of the weights. */
    T5Steps(T5Config config, LoadedWeights weights, Kernel kernel, TensorList shared, WeightList decoder) {
        this.config = config;
        this.memory = weights.memory();
        this.kernel = kernel;
        this.cacheKernel = KeyValueCache.kernel(memory);
        this.shared = shared;
        this.decoder = decoder;
        NDArray own = shared.get(1);
        this.vocabulary = weights.packedCopy(own.isEmpty() ? shared.get(0) : own);
        this.unpacked = weights.emptyList("unpacked");
        this.half = weights.device().precision() == ComputePrecision.BFLOAT16;
        this.like = half ? kernel.infer(memory, "lowered", weights.none()) : shared.get(0);
    }

    /** A cache for that many rows, with room for that many slots. */
    KeyValueCache cache(NDManager owner, int rows, int slots) {
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
        long rows = tokens.size() / 2;
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
                    vocabulary.packs(rows) ? vocabulary.forRows(rows) : unpacked,
                    shared,
                    decoder.forRows(rows));
        }
    }

    /** (1 or B, C) */
    private static NDArray buckets(NDManager scope, long[][] rows) {
        long[] flat = Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
        return scope.create(flat, new Shape(rows.length, rows[0].length));
    }

    /** Bytes of keys and values. */
    long bytes(NDArray keys) {
        return keys.size() * (half ? 2 : keys.getDataType().getNumOfBytes());
    }

    /** Those rows along an axis. */
    NDArray keep(NDManager owner, NDArray array, int axis, int[] rows) {
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(owner, "keep", array, TokenIds.of(scope, rows), Control.of(scope, axis));
        }
    }

    @Override
    public void close() {
        cacheKernel.close();
    }
}
