package dev.cloze.runtime.metric;

import java.util.Arrays;
import java.util.List;

/** What BLEU is made of, summed over texts. */
final class BleuCounts {

    /** The texts' runs of 1, 2, 3, 4 words. */
    final long[] runs = new long[Bleu.ORDERS];

    /** Those that a reference of the same text has as well. */
    final long[] matches = new long[Bleu.ORDERS];

    long textLength;
    long referenceLength;

    void add(String hypothesis, List<String> references) {
        List<String> words = WordsOf13a.of(hypothesis);
        List<List<String>> right = references.stream().map(WordsOf13a::of).toList();
        for (int order = 0; order < Bleu.ORDERS; order++) {
            int n = order + 1;
            NGrams<String> allowed = right.stream()
                    .map(reference -> NGrams.of(reference, n))
                    .reduce(NGrams::union)
                    .orElseThrow();
            NGrams<String> grams = NGrams.of(words, n);
            runs[order] += grams.total();
            matches[order] += grams.common(allowed);
        }
        textLength += words.size();
        referenceLength += nearest(words.size(), right);
    }

    /** The length nearest to this one, the shorter of equally near ones. */
    private static int nearest(int length, List<List<String>> references) {
        int nearest = references.get(0).size();
        for (List<String> reference : references) {
            int farther = Math.abs(reference.size() - length) - Math.abs(nearest - length);
            if (farther < 0 || farther == 0 && reference.size() < nearest) {
                nearest = reference.size();
            }
        }
        return nearest;
    }

    boolean matchless() {
        return Arrays.stream(matches).allMatch(count -> count == 0);
    }

    /** The orders up to the first that has no runs. */
    int orders() {
        int orders = 0;
        while (orders < runs.length && runs[orders] > 0) {
            orders++;
        }
        return orders;
    }
}
