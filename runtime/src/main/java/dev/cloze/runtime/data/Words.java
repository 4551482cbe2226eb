package dev.cloze.runtime.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text, which spans begin and end with, the same for every model: a run of letters, digits and their marks; each
 * other character that is seen, by itself; and of scripts that write words without a space between them each letter with its
 * marks. Places count {@code char}s, and no word parts a surrogate pair.
 */
public final class Words {

    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Words() {}

    /** The words, in order; what lies between them is white space and control characters. */
    public static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int first = text.codePointAt(at);
            int end = at + Character.charCount(first);
            if (!isNothing(first)) {
                end = end(text, first, end);
                words.add(new Word(at, end));
            }
            at = end;
        }
        return List.copyOf(words);
    }

    /** Whether the two words touch, so that nothing parts them in the text. */
    public static boolean touch(Word first, Word second) {
        return first.end() == second.start();
    }

    private static int end(String text, int first, int behind) {
        boolean run = isOfRun(first);
        int end = behind;
        while (end < text.length()) {
            int next = text.codePointAt(end);
            if (!isMark(next) && !(run && isOfRun(next))) {
                break;
            }
            end += Character.charCount(next);
        }
        return end;
    }

    /** Letters and digits that make words with their neighbours. */
    private static boolean isOfRun(int character) {
        return Character.isLetterOrDigit(character) && !standsAlone(character);
    }

    private static boolean standsAlone(int character) {
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
            default -> false;
        };
    }

    /** What belongs to the character before it: combining marks, variation selectors, joiners. */
    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> character == ZERO_WIDTH_JOINER;
        };
    }

    private static boolean isNothing(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.CONTROL;
    }
}
