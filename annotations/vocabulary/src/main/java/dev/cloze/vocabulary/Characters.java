package dev.cloze.vocabulary;

import java.util.BitSet;

/** Character classes as the Hugging Face tokenizers library draws them. */
final class Characters {

    private static final BitSet CONTROL = CharacterTables.of("control");
    private static final BitSet PUNCTUATION = CharacterTables.of("punctuation");
    private static final BitSet WORD = CharacterTables.of("word");
    private static final BitSet NUMERIC = CharacterTables.of("numeric");
    private static final BitSet MARK = CharacterTables.of("mark");
    private static final BitSet NON_SPACING = CharacterTables.of("non-spacing");

    private Characters() {}

    /** Unicode's White_Space property, which Java's own methods miss by a few characters. */
    static boolean isWhitespace(int c) {
        return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || (c > 0xFF && isWideWhitespace(c));
    }

    /** A text without the white space at these of its ends. */
    static String strip(String text, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        // All white space is in Unicode's first plane: one char each.
        while (left && start < end && isWhitespace(text.charAt(start))) {
            start++;
        }
        while (right && end > start && isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isWideWhitespace(int c) {
        return c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** Category C, but tab and line ends count as white space. */
    static boolean isControl(int c) {
        return CONTROL.get(c);
    }

    /** Category P, or any of ASCII's symbols. */
    static boolean isPunctuation(int c) {
        return PUNCTUATION.get(c);
    }

    /** What a word is made of where the library splits at white space and looks around an added token. */
    static boolean isWord(int c) {
        return WORD.get(c);
    }

    static boolean isNumeric(int c) {
        return NUMERIC.get(c);
    }

    static boolean isMark(int c) {
        return MARK.get(c);
    }

    static boolean isNonSpacingMark(int c) {
        return NON_SPACING.get(c);
    }

    static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF) // the library's own slip for 2B820, kept on purpose
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    /** Controls that Google's translation models drop. */
    static boolean isDroppedByNmt(int c) {
        return (c >= 0x01 && c <= 0x08) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F || c == 0x8F || c == 0x9F;
    }

    /** What the same models read as a space. */
    static boolean isSpaceForNmt(int c) {
        return c == 0x09
                || c == 0x0A
                || c == 0x0C
                || c == 0x0D
                || c == 0x1680
                || (c >= 0x200B && c <= 0x200F)
                || c == 0x2028
                || c == 0x2029
                || c == 0x2581
                || c == 0xFEFF
                || c == 0xFFFD;
    }
}
