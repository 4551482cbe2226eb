package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import java.util.Arrays;
import java.util.List;

/**
 * Texts side by side, padded on the right to the longest, as the kernel takes them for the encoder or the decoder.
 *
 * @param ids (B, T) int64
 * @param mask (B, T) bool, true where a token is, or empty where no row is padded and none has a prefix unlike others'
 * @param buckets (2 T - 1,) int64, of the distances from the last token to the first up to the other way round
 * @param prefixBuckets (1 or B, T + P - 1) int64, the same to a prefix, or empty where there is none
 */
record T5Batch(NDArray ids, NDArray mask, NDArray buckets, NDArray prefixBuckets) {

    /**
     * The texts behind a prefix.
     *
     * @param texts of at least one token each
     * @param injection what a soft method adds
     * @param site where the texts stand
     */
    static T5Batch of(
            NDManager memory, List<int[]> texts, RelativeBuckets buckets, Injection injection, PrefixSite site) {
        int width = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        long[] ids = new long[texts.size() * width];
        boolean[] mask = new boolean[ids.length];
        boolean padded = !injection.lengths().isEmpty();
        for (int r = 0; r < texts.size(); r++) {
            int[] text = texts.get(r);
            padded |= text.length < width;
            for (int t = 0; t < text.length; t++) {
                ids[r * width + t] = text[t];
                mask[r * width + t] = true;
            }
        }
        Shape shape = new Shape(texts.size(), width);
        return new T5Batch(
                memory.create(ids, shape),
                padded ? memory.create(mask, shape) : memory.create(new boolean[0]),
                memory.create(buckets.range(1 - width, width - 1)),
                prefixBuckets(memory, width, buckets, injection, injection.prefixLength(site)));
    }

    /** The prefix stands at 0 to P - 1, the texts where the injection says. */
    private static NDArray prefixBuckets(
            NDManager memory, int width, RelativeBuckets buckets, Injection injection, int prefix) {
        if (prefix == 0) {
            return memory.create(new long[0]);
        }
        long[] all = Arrays.stream(injection.firstPositions())
                .mapToObj(first -> buckets.range(1 - width - first, prefix - 1 - first))
                .flatMapToLong(Arrays::stream)
                .toArray();
        return memory.create(all, new Shape(injection.firstPositions().length, width + prefix - 1));
    }

    /** How many tokens the longest text has. */
    int width() {
        return (int) ids.getShape().get(1);
    }
}
