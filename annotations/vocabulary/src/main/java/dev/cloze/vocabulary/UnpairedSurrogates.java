package dev.cloze.vocabulary;

/** Halves of a character, which no encoding can write. */
final class UnpairedSurrogates {

    private UnpairedSurrogates() {}

    /** The text with U+FFFD for each unpaired surrogate, as Java and Python themselves write such text. */
    static String replaced(String text) {
        if (text.codePoints().noneMatch(UnpairedSurrogates::isHalf)) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().map(c -> isHalf(c) ? 0xFFFD : c).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
