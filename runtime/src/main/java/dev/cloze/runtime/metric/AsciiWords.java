package dev.cloze.runtime.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words ROUGE counts: runs of a to z and 0 to 9 in the text's lower case. */
final class AsciiWords {

    private static final Pattern BETWEEN = Pattern.compile("[^a-z0-9]+");

    /** Letters of the longest words that rouge_score leaves as they are. */
    private static final int UNSTEMMED = 3;

    private AsciiWords() {}

    static List<String> of(String text, RougeL.Words words) {
        return Arrays.stream(BETWEEN.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .map(word -> words == RougeL.Words.STEMMED && word.length() > UNSTEMMED ? PorterStem.of(word) : word)
                .toList();
    }

    /** The words of each line; empty lines are left out. */
    static List<List<String>> ofLines(String text, RougeL.Words words) {
        return Arrays.stream(text.split("\n"))
                .filter(line -> !line.isEmpty())
                .map(line -> of(line, words))
                .toList();
    }
}
