package dev.cloze.runtime.tuning.lstm;

import dev.cloze.runtime.tuning.reading.WordReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that have vectors, by the rows of the embedding: 0 is any other word, 1 the boundary between segments. */
final class KnownWords {

    static final int UNKNOWN = 0;
    static final int BOUNDARY = 1;
    static final int FIRST = 2;

    private final List<String> words;
    private final Map<String, Integer> ids = new HashMap<>();

    /** @param words each once, in the order of their rows from {@link #FIRST} on */
    KnownWords(List<String> words) {
        this.words = List.copyOf(words);
        for (int i = 0; i < words.size(); i++) {
            ids.put(words.get(i), FIRST + i);
        }
    }

    /** Those of a file of vectors, then what else occurs in inputs, in the order in which they do. */
    static KnownWords of(Set<String> ofFile, List<WordReader.Words> inputs) {
        Set<String> words = new LinkedHashSet<>(ofFile);
        inputs.forEach(input -> input.segments().forEach(words::addAll));
        return new KnownWords(List.copyOf(words));
    }

    List<String> words() {
        return words;
    }

    /** Rows of the embedding. */
    int rows() {
        return FIRST + words.size();
    }

    /** An input as rows of the embedding; one without a word is one unknown word. */
    int[] ids(WordReader.Words input) {
        List<Integer> row = new ArrayList<>();
        for (List<String> segment : input.segments()) {
            if (segment != input.segments().get(0)) {
                row.add(BOUNDARY);
            }
            segment.forEach(word -> row.add(ids.getOrDefault(word, UNKNOWN)));
        }
        return row.isEmpty()
                ? new int[] {UNKNOWN}
                : row.stream().mapToInt(Integer::intValue).toArray();
    }
}
