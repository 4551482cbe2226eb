package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a soft method puts into a backbone: input embeddings in place of ids, virtual tokens, and keys and values before a
 * text's own in every layer. All take gradients if they require them; the caller owns them.
 *
 * @param embeddings (B, T, e), laid out as {@link Backbone#embeddings} does, in place of the rows' ids (of the encoder's
 *     text where there is an encoder); null for the ids
 * @param virtual (N, e): an id below 0 in a text, {@link #virtualId}, stands for one of these rows in place of a word
 *     embedding (in the encoder's text where there is an encoder); null where no text has such ids
 * @param prefixes for a site, the key and the value of each layer in turn, each (1 or B, H, P, D); keys as they are
 *     after rotation where the backbone rotates. They stand at the positions 0 to P - 1
 * @param firstPosition where the text's own tokens begin: P as the reference codes of prefix tuning and P-tuning v2 have
 *     it, or 0. It counts for learned, rotary and relative positions alike
 */
public record Injection(
        @Nullable NDArray embeddings,
        @Nullable NDArray virtual,
        Map<PrefixSite, List<NDArray>> prefixes,
        int firstPosition) {

    /** Nothing is added. */
    public static final Injection NONE = new Injection(null, Map.of(), 0);

    /** Without virtual tokens. */
    public Injection(@Nullable NDArray embeddings, Map<PrefixSite, List<NDArray>> prefixes, int firstPosition) {
        this(embeddings, null, prefixes, firstPosition);
    }

    /** Only virtual tokens, (N, e), for the ids below 0. */
    public static Injection ofVirtualTokens(NDArray vectors) {
        return new Injection(null, vectors, Map.of(), 0);
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
                || prefixes.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(array -> array.getShape().get(0) > 1);
    }

    /** Keys and values of that site, empty where it has none. */
    public List<NDArray> prefix(PrefixSite site) {
        return prefixes.getOrDefault(site, List.of());
    }

    /** How many virtual positions stand before the text at that site, P. */
    public int prefixLength(PrefixSite site) {
        List<NDArray> arrays = prefix(site);
        return arrays.isEmpty() ? 0 : (int) arrays.get(0).getShape().get(2);
    }
}
