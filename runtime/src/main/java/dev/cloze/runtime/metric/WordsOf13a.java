package dev.cloze.runtime.metric;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The words BLEU counts: the tokenization of {@code mteval-v13a}, made for Western languages, as sacrebleu has it.
 *
 * <p>All classes are of ASCII characters, so that the regular expressions mean the same in Java and in Python.
 */
final class WordsOf13a {

    private static final Pattern SIGN = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern POINT_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private WordsOf13a() {}

    static List<String> of(String text) {
        String line = PlainWords.stripEnd(text)
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace("\n", " ")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = SIGN.matcher(" " + line + " ").replaceAll(" $1 ");
        line = POINT_AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
        line = POINT_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
        line = DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
        return PlainWords.of(line);
    }
}
