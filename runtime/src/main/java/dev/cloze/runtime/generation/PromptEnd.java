package dev.cloze.runtime.generation;

import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The end of what stands before a written text. A token is spelt by what stands before it: decoders of SentencePiece take the
 * space from the first of their tokens, those of WordPiece put one between words. So a text is decoded behind the end of its
 * prompt, whose own text is taken off again.
 *
 * @param ids its last tokens that are words; none where none stands before the text
 * @param text what they spell
 */
record PromptEnd(Tokenizer tokenizer, int[] ids, String text) {

    /** Tokens at most: more than one only where a character, or one beside it, lies in several. */
    private static final int MOST = 8;

    /** That of these tokens. */
    static PromptEnd of(Tokenizer tokenizer, int[] before) {
        int[] last = {};
        for (int at = before.length - 1; at >= 0 && last.length < MOST; at--) {
            if (tokenizer.isOrdinary(before[at])) {
                last = joined(new int[] {before[at]}, last);
                String text = tokenizer.decode(last);
                if (!text.isEmpty() && text.indexOf(WrittenText.BROKEN) < 0) {
                    return new PromptEnd(tokenizer, last, text);
                }
            }
        }
        return new PromptEnd(tokenizer, new int[0], "");
    }

    /** The text of tokens that are written behind it. */
    String decode(int[] written) {
        String whole = tokenizer.decode(joined(ids, written));
        // The bytes of an unfinished character spoil those of the character before them, where that lies in bytes too.
        return whole.startsWith(text) ? whole.substring(text.length()) : tokenizer.decode(written);
    }

    private static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
