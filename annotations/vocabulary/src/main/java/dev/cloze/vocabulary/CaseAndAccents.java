package dev.cloze.vocabulary;

import java.text.Normalizer.Form;
import java.util.function.IntPredicate;

/** Character by character rewriting, shared by several normalizers. */
final class CaseAndAccents {

    private CaseAndAccents() {}

    /** Lower case of each character by itself: no final sigma, no locale. */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == 0x130) {
                lower.append("i\u0307");
            } else {
                lower.appendCodePoint(CharacterTables.lower(c));
            }
        });
        return lower.toString();
    }

    static String stripAccents(String text) {
        return without(UnicodeForm.normalize(text, Form.NFD), Characters::isNonSpacingMark);
    }

    /** The rules of Google's translation models: controls dropped, odd spaces made plain. */
    static String nmt(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        without(text, Characters::isDroppedByNmt)
                .codePoints()
                .map(c -> Characters.isSpaceForNmt(c) ? ' ' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    static String without(String text, IntPredicate removed) {
        if (text.codePoints().noneMatch(removed)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(removed.negate()).forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
