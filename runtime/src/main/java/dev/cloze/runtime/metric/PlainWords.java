package dev.cloze.runtime.metric;

import java.util.ArrayList;
import java.util.List;

/** The words of a text between white space, where white space is what Python's {@code str.split()} takes for it. */
final class PlainWords {

    private PlainWords() {}

    /** The words in order; none for a text of white space. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSpace(text.charAt(i))) {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** The text without the white space at its end. */
    static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Java's own isWhitespace lacks the no-break space and U+0085, its isSpaceChar the control characters. */
    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c && c <= 0x1f || c == 0x85 || Character.isSpaceChar(c);
    }
}
