package dev.cloze.runtime.backbone.cache;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Decoding;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Writes texts with a key/value cache, on any backbone that can run one more step. */
public final class CachedDecoding implements Decoding {

    private final NDManager memory;
    private final KeyValueCache cache;
    private final Ancestry ancestry;
    private final Step step;
    private NDArray logits;
    private int left;
    private boolean closed;

    /** What a backbone does at a step. */
    public interface Step {

        /**
         * Writes the tokens' keys and values into the cache, which has room for them, and says what comes next: (R, V).
         *
         * @param memory the owner of the result
         * @param tokens (2, B, W) int64: ids and positions
         * @param bias (B, 1, W, S) with these tokens' own slots, or empty where each row sees all of them
         */
        NDArray run(NDManager memory, NDArray tokens, NDArray bias, KeyValueCache cache, Ancestry ancestry);

        /** Row b of whatever else it keeps for each prompt becomes row {@code rows[b]} of before. */
        default void keep(int[] rows) {}

        /** Bytes of the further keys and values it keeps. */
        default long bytes() {
            return 0;
        }

        /** Frees whatever else it keeps. */
        default void close() {}
    }

    /**
     * Goes on after prompts that have been read.
     *
     * @param memory of its own; it closes it, and the cache
     * @param logits of the next token of every prompt, in that memory
     * @param most how many tokens will be written after each prompt at most
     */
    public CachedDecoding(
            NDManager memory, KeyValueCache cache, Ancestry ancestry, NDArray logits, int most, Step step) {
        this.memory = memory;
        this.cache = cache;
        this.ancestry = ancestry;
        this.logits = logits;
        this.left = most;
        this.step = step;
    }

    @Override
    public NDArray logits() {
        return logits;
    }

    @Override
    public int rows() {
        return ancestry.rows();
    }

    @Override
    public void advance(int[] parents, int[] tokens) {
        if (parents.length != tokens.length) {
            throw new IllegalArgumentException(parents.length + " parents, but " + tokens.length + " tokens");
        }
        if (left == 0) {
            throw new IllegalStateException("all tokens that were announced have been written");
        }
        makeRoom(parents);
        left--;
        logits.close();
        try (NDManager scope = memory.newSubManager()) {
            logits = step.run(memory, tokens(scope, tokens), ancestry.bias(scope), cache, ancestry);
        }
        cache.wrote(ancestry.width());
    }

    /** For the next tokens of the rows that go on; what others took is given back by the same copy. */
    private void makeRoom(int[] parents) {
        int[] present = IntStream.range(0, ancestry.prompts()).toArray();
        int[] kept = ancestry.prompts(parents);
        ancestry.advance(parents);
        int width = ancestry.width();
        int most = cache.used() + width * left;
        if (Arrays.equals(kept, present)) {
            cache.reserve(width, most);
        } else {
            cache.keep(kept, KeyValueCache.room(cache.used() + width, width, most));
            step.keep(kept);
        }
    }

    private NDArray tokens(NDManager scope, int[] tokens) {
        long[] both = new long[2 * tokens.length];
        long[] positions = ancestry.positions();
        for (int r = 0; r < tokens.length; r++) {
            both[r] = tokens[r];
            both[tokens.length + r] = positions[r];
        }
        return scope.create(both, new Shape(2, ancestry.prompts(), ancestry.width()));
    }

    @Override
    public long cacheBytes() {
        return closed ? 0 : cache.bytes() + step.bytes();
    }

    @Override
    public void close() {
        closed = true;
        step.close();
        cache.close();
        memory.close();
    }
}
