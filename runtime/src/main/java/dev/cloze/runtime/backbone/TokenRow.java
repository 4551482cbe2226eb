package dev.cloze.runtime.backbone;

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
}
