package dev.cloze.runtime.tuning.tfidf;

import dev.cloze.runtime.tuning.reading.TextWords;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of an input: its words of two characters or more, as scikit-learn's default pattern {@code \w\w+} finds them.
 *
 * <p>Where no spaces part words, as in Chinese, each character is a term and so is each pair of neighbours, which stand for
 * the words that nobody has cut out.
 */
final class Terms {

    private Terms() {}

    /** The terms of all segments in their order, as often as they occur. */
    static List<String> of(List<List<String>> segments) {
        List<String> terms = new ArrayList<>();
        for (List<String> words : segments) {
            String before = "";
            for (String word : words) {
                before = add(word, before, terms);
            }
        }
        return terms;
    }

    /** What the next word is to be paired with, nothing if with none. */
    private static String add(String word, String before, List<String> terms) {
        int first = word.codePointAt(0);
        if (!TextWords.isWithoutSpaces(first)) {
            if (TextWords.isWordCharacter(first) && word.codePointCount(0, word.length()) > 1) {
                terms.add(word);
            }
            return "";
        }
        terms.add(word);
        if (!before.isEmpty()) {
            terms.add(before + word);
        }
        return word;
    }
}
