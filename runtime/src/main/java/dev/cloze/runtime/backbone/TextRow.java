package dev.cloze.runtime.backbone;

/**
 * A text and how it goes on, without padding.
 *
 * @param source what is read: a decoder's prompt with its special tokens, an encoder-decoder's input; at least
 *     one token
 * @param target what is written after it, the end-of-text token included where it is to be learnt; at least one token
 */
public record TextRow(int[] source, int[] target) {

    /** How many tokens both have. */
    public int length() {
        return source.length + target.length;
    }
}
