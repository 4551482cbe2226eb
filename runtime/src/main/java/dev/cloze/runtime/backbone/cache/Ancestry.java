package dev.cloze.runtime.backbone.cache;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Which slots of its prompt's cache each row being written sees: the prefix, the prompt, and the tokens it descends from.
 *
 * <p>Every token of every row has a slot of its own, so that rows which go on from one parent share all that is before it and
 * nothing has to be moved: a tree.
 */
public final class Ancestry {

    private static final float UNSEEN = Float.NEGATIVE_INFINITY;

    /** For each row 0 where it sees a slot, minus infinity where it doesn't. */
    private float[][] bias;

    /** The position of each row's next token. */
    private int[] next;

    private int slots;
    private int prompts;
    private boolean plain;

    /**
     * One row a prompt: P slots of a prefix and then its tokens, padded on the right to the longest.
     *
     * @param prefix P
     * @param firstPosition of a prompt's first token
     * @param lengths how many tokens each prompt has
     */
    public Ancestry(int prefix, int firstPosition, int[] lengths) {
        this(prefix, row -> prefix, row -> firstPosition, lengths);
    }

    /** The same behind what an injection puts before each prompt at that site. */
    public Ancestry(Injection injection, PrefixSite site, int[] lengths) {
        this(injection.prefixLength(site), row -> injection.prefixLength(site, row), injection::firstPosition, lengths);
    }

    private Ancestry(int prefix, IntUnaryOperator own, IntUnaryOperator firstPosition, int[] lengths) {
        int longest = Arrays.stream(lengths).max().orElseThrow();
        prompts = lengths.length;
        slots = prefix + longest;
        bias = new float[prompts][slots];
        next = new int[prompts];
        plain = true;
        for (int b = 0; b < prompts; b++) {
            Arrays.fill(bias[b], own.applyAsInt(b), prefix, UNSEEN);
            Arrays.fill(bias[b], prefix + lengths[b], slots, UNSEEN);
            next[b] = firstPosition.applyAsInt(b) + lengths[b];
            plain &= lengths[b] == longest && own.applyAsInt(b) == prefix;
        }
    }

    /** How many rows there are, R. */
    public int rows() {
        return bias.length;
    }

    /** How many prompts there are, B. */
    public int prompts() {
        return prompts;
    }

    /** How many rows each prompt has, W. */
    public int width() {
        return bias.length / prompts;
    }

    /** How many slots a prompt has, S. */
    public int slots() {
        return slots;
    }

    /** The bias of attention, (B, W, S): 0 where a row sees a slot, minus infinity where it doesn't. */
    public float[] bias() {
        float[] flat = new float[bias.length * slots];
        for (int r = 0; r < bias.length; r++) {
            System.arraycopy(bias[r], 0, flat, r * slots, slots);
        }
        return flat;
    }

    /** The positions of the tokens that were added last, (B, W). */
    public long[] positions() {
        return Arrays.stream(next).asLongStream().map(position -> position - 1).toArray();
    }

    /** The same as kernels take it, (B, 1, W, S); empty where every row sees every slot. */
    public NDArray bias(NDManager scope) {
        return plain ? scope.create(new float[0]) : scope.create(bias(), new Shape(prompts, 1, width(), slots));
    }

    /**
     * Which of the present prompts go on, in the order of the new rows.
     *
     * @param parents the present row of each new row
     * @throws IllegalArgumentException where rows of one prompt don't stand together or are not equally many
     */
    public int[] prompts(int[] parents) {
        int[] of = Arrays.stream(parents).map(parent -> parent / width()).toArray();
        int[] kept = Arrays.stream(of).distinct().toArray();
        int width = kept.length == 0 ? 0 : of.length / kept.length;
        for (int r = 0; r < of.length; r++) {
            if (parents[r] < 0
                    || parents[r] >= rows()
                    || width * kept.length != of.length
                    || of[r] != kept[r / width]) {
                throw new IllegalArgumentException(
                        "rows of one prompt stand together, equally many for each prompt, and" + " go on from one of "
                                + rows() + " rows: " + Arrays.toString(parents));
            }
        }
        if (of.length == 0) {
            throw new IllegalArgumentException("no row goes on");
        }
        return kept;
    }

    /** Adds a token to each new row, each in the next slot of its prompt; see {@link #prompts(int[])}. */
    public void advance(int[] parents) {
        int count = prompts(parents).length;
        int width = parents.length / count;
        float[][] longer = new float[parents.length][];
        int[] positions = new int[parents.length];
        for (int r = 0; r < parents.length; r++) {
            longer[r] = Arrays.copyOf(bias[parents[r]], slots + width);
            Arrays.fill(longer[r], slots, slots + width, UNSEEN);
            longer[r][slots + r % width] = 0;
            positions[r] = next[parents[r]] + 1;
        }
        bias = longer;
        next = positions;
        slots += width;
        prompts = count;
        plain &= width == 1;
    }
}
