package dev.cloze.runtime.backbone;

import java.util.Arrays;
import java.util.List;

/**
 * One text as a model reads it, without padding.
 *
 * @param ids token ids, at least one
 * @param segments the segment of each, 0 or 1, as many as ids
 * @param asked the positions whose logits are wanted, from 0
 */
public record TokenRow(int[] ids, int[] segments, int[] asked) {

    /** How many tokens it has. */
    public int length() {
        return ids.length;
    }

    /** Rows that ask for equally many places, as the one that asks for most does: the last again where a row has fewer. */
    public static List<TokenRow> alike(List<TokenRow> rows) {
        int most = rows.stream().mapToInt(row -> row.asked.length).max().orElse(0);
        return rows.stream().map(row -> row.asking(most)).toList();
    }

    private TokenRow asking(int places) {
        if (asked.length == places) {
            return this;
        }
        int[] more = Arrays.copyOf(asked, places);
        Arrays.fill(more, asked.length, places, asked[asked.length - 1]);
        return new TokenRow(ids, segments, more);
    }
}
