package dev.cloze.runtime.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of characters and words of one text.
 *
 * @param grams of each order: the characters' (code points), then the words'
 */
record ChrFText(List<NGrams<?>> grams) {

    static final int CHARACTER_ORDERS = 6;

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    static ChrFText of(String text, int wordOrders) {
        List<String> words = PlainWords.of(text);
        List<Integer> characters =
                words.stream().flatMapToInt(String::codePoints).boxed().toList();
        List<NGrams<?>> grams = new ArrayList<>();
        for (int n = 1; n <= CHARACTER_ORDERS; n++) {
            grams.add(NGrams.of(characters, n));
        }
        List<String> parts =
                words.stream().flatMap(word -> parts(word).stream()).toList();
        for (int n = 1; n <= wordOrders; n++) {
            grams.add(NGrams.of(parts, n));
        }
        return new ChrFText(grams);
    }

    /** One punctuation mark is split off, at the end or else at the start: (hi) gives "(hi" and ")". */
    private static List<String> parts(String word) {
        int last = word.length() - 1;
        if (word.codePointCount(0, word.length()) == 1) {
            return List.of(word);
        }
        if (PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
            return List.of(word.substring(0, last), word.substring(last));
        }
        return PUNCTUATION.indexOf(word.charAt(0)) >= 0
                ? List.of(word.substring(0, 1), word.substring(1))
                : List.of(word);
    }

    /** The counts of this text beside a reference. */
    ChrFCounts against(ChrFText reference) {
        int orders = grams.size();
        long[] matches = new long[orders];
        long[] given = new long[orders];
        long[] wanted = new long[orders];
        for (int i = 0; i < orders; i++) {
            wanted[i] = reference.grams.get(i).total();
            // An order the reference is too short for says nothing about the text.
            given[i] = wanted[i] == 0 ? 0 : grams.get(i).total();
            matches[i] = common(grams.get(i), reference.grams.get(i));
        }
        return new ChrFCounts(matches, given, wanted);
    }

    @SuppressWarnings("unchecked") // the same place holds the same kind in every text
    private static <T> long common(NGrams<T> some, NGrams<?> others) {
        return some.common((NGrams<T>) others);
    }
}
