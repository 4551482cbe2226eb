package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.cache.Ancestry;
import dev.cloze.runtime.backbone.cache.CachedDecoding;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes what the encoder's texts ask for: keeps each decoder layer's keys and values of them, and where each slot of the
 * decoder's own cache stands.
 */
final class T5Writer implements CachedDecoding.Step {

    private final T5Network network;
    private final NDManager memory;
    private final RelativeBuckets relative;
    private NDArray cross;
    private NDArray crossBias;

    /** How far each slot stands from the beginning of what is written: a prefix at its index, before the first position. */
    private int[] offsets;

    /** Where each prompt's text begins, or all of them. */
    private int[] firsts;

    private final int prefix;

    /** What a writer keeps of the texts it has read, in that memory. */
    private T5Writer(T5Network network, NDManager memory, List<int[]> prompts, Injection injection) {
        this.network = network;
        this.memory = memory;
        this.relative = network.config().decoderBuckets();
        this.prefix = injection.prefixLength(PrefixSite.DECODER);
        this.offsets = new int[prefix];
        Arrays.setAll(offsets, slot -> slot);
        this.firsts = injection.firstPositions();
        try (NDManager scope = memory.newSubManager()) {
            T5Batch sources = network.sources(scope, prompts, injection);
            this.cross = network.read(memory, sources, injection);
            this.crossBias = network.crossBias(memory, sources, injection);
        }
    }

    /** Encodes the prompts and has the decoder read its start token. */
    static Decoding read(T5Network network, List<int[]> prompts, int most, Injection injection) {
        if (most < 1 || prompts.isEmpty() || prompts.stream().anyMatch(prompt -> prompt.length == 0)) {
            throw new IllegalArgumentException("prompts have at least one token each, and at least one is written");
        }
        NDManager memory = network.memory().newSubManager();
        KeyValueCache cache = null;
        try {
            T5Writer writer = new T5Writer(network, memory, prompts, injection);
            cache = writer.cache(prompts.size(), most);
            List<NDArray> prefix = injection.prefix(PrefixSite.DECODER);
            if (!prefix.isEmpty()) {
                cache.fill(prefix);
            }
            int[] lengths = new int[prompts.size()];
            Arrays.fill(lengths, 1);
            Ancestry ancestry = new Ancestry(injection, PrefixSite.DECODER, lengths);
            NDArray logits = writer.start(cache, ancestry);
            return new CachedDecoding(memory, cache, ancestry, logits, most, writer);
        } catch (RuntimeException | Error e) {
            if (cache != null) {
                cache.close();
            }
            memory.close();
            throw e;
        }
    }

    /** With room for a tenth of what the texts' own keys and values take, and for the prefix and the start token. */
    private KeyValueCache cache(int rows, int most) {
        int needed = prefix + 1;
        int room = needed + (int) Math.min(most, cross.getShape().get(3) / 10);
        return network.steps().cache(memory, rows, room);
    }

    private NDArray start(KeyValueCache cache, Ancestry ancestry) {
        long[] tokens = new long[2 * ancestry.rows()];
        Arrays.fill(tokens, 0, ancestry.rows(), network.config().startToken());
        try (NDManager scope = memory.newSubManager()) {
            NDArray ids = scope.create(tokens, new Shape(2, ancestry.rows(), 1));
            NDArray logits = run(memory, ids, ancestry.bias(scope), cache, ancestry);
            cache.wrote(1);
            return logits;
        }
    }

    /** All rows have written equally much, as every target begins with the start token. */
    @Override
    public NDArray run(NDManager owner, NDArray tokens, NDArray bias, KeyValueCache cache, Ancestry ancestry) {
        int now = (int) ancestry.positions()[0] - firsts[0];
        int known = offsets.length;
        offsets = Arrays.copyOf(offsets, ancestry.slots());
        Arrays.fill(offsets, known, offsets.length, now);
        long[][] buckets = Arrays.stream(firsts)
                .mapToObj(first -> IntStream.range(0, offsets.length)
                        .mapToLong(slot -> relative.of(offsets[slot] - now - (slot < prefix ? first : 0)))
                        .toArray())
                .toArray(long[][]::new);
        return network.steps().extend(owner, tokens, buckets, bias, cross, crossBias, cache);
    }

    @Override
    public void keep(int[] rows) {
        if (firsts.length > 1) {
            firsts = Arrays.stream(rows).map(row -> firsts[row]).toArray();
        }
        cross = kept(cross, 1, rows);
        if (!crossBias.isEmpty()) {
            crossBias = kept(crossBias, 0, rows);
        }
    }

    private NDArray kept(NDArray array, int axis, int[] rows) {
        try (array) {
            return network.steps().keep(memory, array, axis, rows);
        }
    }

    @Override
    public long bytes() {
        return network.steps().bytes(cross);
    }
}
