package dev.cloze.runtime.template;

/** Turns a piece of text into token ids, without special tokens and recognising none in the text. */
@FunctionalInterface
public interface TextEncoder {

    /**
     * The ids of the text.
     *
     * @param startOfText false when the text continues what stands before it, without a space unless it opens with one
     */
    int[] encode(String text, boolean startOfText);
}
