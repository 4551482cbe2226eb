package dev.cloze.runtime.metric;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words that the sentences of a reference have in common with any sentence of a text (Lin 2004, section 3.2). */
final class SummaryMatch {

    private SummaryMatch() {}

    static RougeL of(List<List<String>> text, List<List<String>> reference) {
        Map<String, Integer> left = counts(text);
        int common = 0;
        for (List<String> sentence : reference) {
            BitSet places = new BitSet();
            text.forEach(other -> places.or(CommonSequence.of(sentence, other).places()));
            for (int place : places.stream().toArray()) {
                // A word of the text counts once, for whichever sentence comes first.
                if (left.merge(sentence.get(place), -1, Integer::sum) >= 0) {
                    common++;
                }
            }
        }
        return RougeL.of(common, size(text), size(reference));
    }

    private static Map<String, Integer> counts(List<List<String>> sentences) {
        Map<String, Integer> counts = new HashMap<>();
        sentences.forEach(sentence -> sentence.forEach(word -> counts.merge(word, 1, Integer::sum)));
        return counts;
    }

    private static int size(List<List<String>> sentences) {
        return sentences.stream().mapToInt(List::size).sum();
    }
}
