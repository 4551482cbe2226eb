package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Splits before and after each character of a class. */
final class CharacterSplit {

    private CharacterSplit() {}

    /** The parts between the characters, which are dropped. */
    static PreTokenizer removing(IntPredicate delimiter) {
        return (piece, place) -> split(piece, delimiter, false);
    }

    /** The parts between the characters, and each character as a part of its own. */
    static PreTokenizer isolating(IntPredicate delimiter) {
        return (piece, place) -> split(piece, delimiter, true);
    }

    private static List<Piece> split(Piece piece, IntPredicate delimiter, boolean keep) {
        String text = piece.text();
        List<Piece> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (delimiter.test(c)) {
                add(piece, start, i, parts);
                if (keep) {
                    add(piece, i, next, parts);
                }
                start = next;
            }
            i = next;
        }
        add(piece, start, text.length(), parts);
        return parts;
    }

    private static void add(Piece piece, int start, int end, List<Piece> parts) {
        if (end > start) {
            parts.add(new Piece(piece.text().substring(start, end), piece.first() && start == 0));
        }
    }
}
