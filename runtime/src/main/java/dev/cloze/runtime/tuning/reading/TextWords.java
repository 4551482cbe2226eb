package dev.cloze.runtime.tuning.reading;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text for methods without a tokenizer: runs of letters, digits and underscores in lower case, each other
 * character that is not white space by itself.
 *
 * <p>Where no spaces part words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each character is a word.
 */
public final class TextWords {

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private TextWords() {}

    /** The words in the order of the text. */
    public static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < lower.length()) {
            int end = end(lower, at);
            if (!isSpace(lower.codePointAt(at))) {
                words.add(lower.substring(at, end));
            }
            at = end;
        }
        return words;
    }

    /** Where the word ends that begins here. */
    private static int end(String text, int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        if (!isInWord(text.codePointAt(start))) {
            return end;
        }
        while (end < text.length() && isInWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isInWord(int character) {
        return isWordCharacter(character) && !isWithoutSpaces(character);
    }

    /** Whether this character is of a script whose words no spaces part. */
    public static boolean isWithoutSpaces(int character) {
        return isWordCharacter(character) && WITHOUT_SPACES.contains(UnicodeScript.of(character));
    }

    /** Whether words are made of it: letters, digits and other numbers, marks on them, the underscore. */
    public static boolean isWordCharacter(int character) {
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK -> true;
            default -> character == '_';
        };
    }
}
