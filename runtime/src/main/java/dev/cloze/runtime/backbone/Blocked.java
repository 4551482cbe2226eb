package dev.cloze.runtime.backbone;

/**
 * Tokens that may not come next.
 *
 * @param everywhere token ids, in no row
 * @param rows a row for each of {@code tokens}
 * @param tokens token ids, each only in its row
 */
public record Blocked(int[] everywhere, int[] rows, int[] tokens) {

    /** Every token may come. */
    public static final Blocked NOTHING = new Blocked(new int[0], new int[0], new int[0]);
}
