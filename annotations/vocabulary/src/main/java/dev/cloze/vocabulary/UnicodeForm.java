package dev.cloze.vocabulary;

import java.text.Normalizer.Form;
import java.util.BitSet;

/** Unicode's normal forms as the library makes them: characters that came after its tables stay as they are. */
final class UnicodeForm {

    /** All that the library takes apart, puts together or moves; for these every later Unicode version does the same. */
    private static final BitSet COMPOSING = CharacterTables.of("composing");

    private UnicodeForm() {}

    static String normalize(String text, Form form) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        StringBuilder normalized = new StringBuilder(text.length());
        int start = 0; // of characters that are to be normalized together
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (!COMPOSING.get(c)) {
                normalized.append(java.text.Normalizer.normalize(text.substring(start, i), form));
                normalized.appendCodePoint(c);
                start = next;
            }
            i = next;
        }
        return normalized
                .append(java.text.Normalizer.normalize(text.substring(start), form))
                .toString();
    }
}
