package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a soft method puts into a backbone: input embeddings in place of ids, virtual tokens, and keys and values before a
 * text's own in every layer. All take gradients if they require them; the caller owns them.
 *
 * @param embeddings (B, T or more, e), laid out as {@link Backbone#embeddings} does, in place of the rows' ids (of the
 *     encoder's text where there is an encoder); null for the ids
 * @param virtual (N, e): an id below 0 in a text, {@link #virtualId}, stands for one of these rows in place of a word
 *     embedding (in the encoder's text where there is an encoder); null where no text has such ids
 * @param prefixes for a site, the key and the value of each layer in turn, each (1 or B, H, P, D); keys as they are
 *     after rotation where the backbone rotates. They stand at the positions 0 to P - 1
 * @param firstPositions where the text's own tokens begin, one number for all rows or one a row: P as the reference codes of
 *     prefix tuning and P-tuning v2 have it, or 0. It counts for learned, rotary and relative positions alike
 * @param lengths for a site, how many of the P places each row has, from 0 to P: the others are padding that the row doesn't
 *     see; a site that is not there has all of them in every row
 * @param wholes for a site, one array (1, P, 2 L H, D) of which its keys and values are views, so that many can be laid side by
 *     side at once; none where they were made apart
 */
public record Injection(
        @Nullable NDArray embeddings,
        @Nullable NDArray virtual,
        Map<PrefixSite, List<NDArray>> prefixes,
        int[] firstPositions,
        Map<PrefixSite, int[]> lengths,
        Map<PrefixSite, NDArray> wholes) {

    /** Nothing is added. */
    public static final Injection NONE = new Injection(null, Map.of(), 0);

    /** The same of keys and values that were made apart. */
    public Injection(
            @Nullable NDArray embeddings,
            @Nullable NDArray virtual,
            Map<PrefixSite, List<NDArray>> prefixes,
            int[] firstPositions,
            Map<PrefixSite, int[]> lengths) {
        this(embeddings, virtual, prefixes, firstPositions, lengths, Map.of());
    }

    /** What is alike for all rows, but for arrays that are a row's own; without virtual tokens. */
    public Injection(@Nullable NDArray embeddings, Map<PrefixSite, List<NDArray>> prefixes, int firstPosition) {
        this(embeddings, null, prefixes, new int[] {firstPosition}, Map.of());
    }

    /** Only virtual tokens, (N, e), for the ids below 0. */
    public static Injection ofVirtualTokens(NDArray vectors) {
        return new Injection(null, vectors, Map.of(), new int[] {0}, Map.of());
    }

    /** The id that stands for a virtual token, numbered from 0. */
    public static int virtualId(int number) {
        return -1 - number;
    }

    /** Only embeddings. */
    public static Injection ofEmbeddings(NDArray embeddings) {
        return new Injection(embeddings, Map.of(), 0);
    }

    /** Only a prefix at one site, the text's own positions after it. */
    public static Injection ofPrefix(PrefixSite site, List<NDArray> keysAndValues) {
        int length = (int) keysAndValues.get(0).getShape().get(2);
        return new Injection(null, Map.of(site, List.copyOf(keysAndValues)), length);
    }

    /** Whether it is laid out for certain rows, which then have to stay in one batch and in their order. */
    public boolean isForCertainRows() {
        return embeddings != null
                || isByRow()
                || prefixes.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(array -> array.getShape().get(0) > 1);
    }

    /** Whether rows differ in their lengths or first positions. */
    public boolean isByRow() {
        return firstPositions.length > 1 || !lengths.isEmpty();
    }

    /** Keys and values of that site, empty where it has none. */
    public List<NDArray> prefix(PrefixSite site) {
        return prefixes.getOrDefault(site, List.of());
    }

    /** How many virtual positions stand before the text at that site, P; shorter rows are padded to it. */
    public int prefixLength(PrefixSite site) {
        List<NDArray> arrays = prefix(site);
        return arrays.isEmpty() ? 0 : (int) arrays.get(0).getShape().get(2);
    }

    /** How many of them a row has. */
    public int prefixLength(PrefixSite site, int row) {
        int[] each = lengths.get(site);
        return each == null ? prefixLength(site) : each[row];
    }

    /** Where the text of the row that begins last begins. */
    public int firstPosition() {
        return Arrays.stream(firstPositions).max().orElse(0);
    }

    /** Where a row's own tokens begin. */
    public int firstPosition(int row) {
        return firstPositions[firstPositions.length == 1 ? 0 : row];
    }

    /** Which places of a site's prefix each row has, (B, P) bool in that memory; null where every row has all. */
    public @Nullable NDArray seen(NDManager memory, PrefixSite site) {
        int[] each = lengths.get(site);
        int length = prefixLength(site);
        if (each == null || Arrays.stream(each).allMatch(own -> own == length)) {
            return null;
        }
        boolean[] seen = new boolean[each.length * length];
        for (int r = 0; r < each.length; r++) {
            Arrays.fill(seen, r * length, r * length + each[r], true);
        }
        return memory.create(seen, new Shape(each.length, length));
    }
}
