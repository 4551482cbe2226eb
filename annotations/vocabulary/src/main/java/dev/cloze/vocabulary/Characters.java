package dev.cloze.vocabulary;

/** Character classes as the Hugging Face tokenizers library (that is, Rust) draws them. */
final class Characters {

    private static final int CONTROL = bits(Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE);
    private static final int PUNCTUATION = bits(
            Character.CONNECTOR_PUNCTUATION,
            Character.DASH_PUNCTUATION,
            Character.START_PUNCTUATION,
            Character.END_PUNCTUATION,
            Character.INITIAL_QUOTE_PUNCTUATION,
            Character.FINAL_QUOTE_PUNCTUATION,
            Character.OTHER_PUNCTUATION);
    private static final int NUMBER =
            bits(Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER);
    private static final int MARK =
            bits(Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK);

    private Characters() {}

    /** Unicode's White_Space property, which Java's own methods miss by a few characters. */
    static boolean isWhitespace(int c) {
        return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || (c > 0xFF && isWideWhitespace(c));
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

    /** Category C as far as it is assigned, but tab and line ends count as white space. */
    static boolean isControl(int c) {
        return c != '\t' && c != '\n' && c != '\r' && in(CONTROL, c);
    }

    /** Category P, or any of ASCII's symbols. */
    static boolean isPunctuation(int c) {
        return in(PUNCTUATION, c) || (c < 128 && c > ' ' && c != 127 && !Character.isLetterOrDigit(c));
    }

    static boolean isNumeric(int c) {
        return in(NUMBER, c);
    }

    static boolean isMark(int c) {
        return in(MARK, c);
    }

    static boolean isNonSpacingMark(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
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

    private static int bits(byte... types) {
        int bits = 0;
        for (byte type : types) {
            bits |= 1 << type;
        }
        return bits;
    }

    private static boolean in(int types, int c) {
        return (types >> Character.getType(c) & 1) != 0;
    }
}
