package dev.cloze.runtime.template;

/**
 * Encodes no more of a long text than can be kept, with the same result as if all of it were encoded and then cut.
 *
 * <p>A text parted before a space between words has the tokens of its parts: tokenizers split there, and a space joins
 * nothing before it.
 */
final class LongText {

    /** Ordinary text has about five characters a token, so that the first try nearly always does. */
    private static final int CHARACTERS_A_TOKEN = 8;

    private LongText() {}

    /** The tokens of the text or, if those are more than {@code most}, the first of them, also more than {@code most}. */
    static int[] encode(TextEncoder encoder, String text, boolean startOfText, int most) {
        for (long end = (long) most * CHARACTERS_A_TOKEN; end < text.length(); end *= 2) {
            int cut = wordEnd(text, (int) end);
            if (cut > 0) {
                int[] tokens = encoder.encode(text.substring(0, cut), startOfText);
                if (tokens.length > most) {
                    return tokens;
                }
            }
        }
        return encoder.encode(text, startOfText);
    }

    /** The end of the last word that ends with a space at this index or before, or 0. */
    private static int wordEnd(String text, int end) {
        int cut = text.lastIndexOf(' ', end);
        while (cut > 0 && Character.isWhitespace(text.charAt(cut - 1))) {
            cut--;
        }
        return Math.max(0, cut);
    }
}
