package dev.cloze.runtime.words;

import dev.cloze.runtime.tuning.reading.TextWords;
import dev.cloze.vocabulary.Vocabulary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words that could stand for labels, each one token of the model.
 *
 * @param ids of their tokens
 * @param words their texts
 */
record WordCandidates(int[] ids, List<String> words) {

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    /** Letters of a word that stands between others without spaces, at most. */
    private static final int LONGEST = 4;

    /** All whole words of a vocabulary, by their tokens' ids. */
    static WordCandidates of(Vocabulary vocabulary, boolean afterSpace) {
        return of(vocabulary.wholeWords(afterSpace), null);
    }

    /**
     * Those of two letters or more, or of one that is a word by itself, that are the most frequent in some texts; equally
     * frequent ones, such as those that are in none, in the order of their ids.
     *
     * @param most how many at most
     */
    static WordCandidates mostFrequent(Vocabulary vocabulary, boolean afterSpace, Iterable<String> texts, int most) {
        Map<Integer, Integer> counts = counts(vocabulary, afterSpace, texts);
        SortedMap<Integer, String> words = vocabulary.wholeWords(afterSpace);
        List<Integer> kept = words.keySet().stream()
                .filter(id -> isLong(words.getOrDefault(id, "")))
                .sorted(Comparator.comparing((Integer id) -> -counts.getOrDefault(id, 0)))
                .limit(most)
                .toList();
        return of(words, kept);
    }

    private static WordCandidates of(
            SortedMap<Integer, String> words, @org.jspecify.annotations.Nullable List<Integer> kept) {
        List<Integer> ids = kept == null ? List.copyOf(words.keySet()) : kept;
        return new WordCandidates(
                ids.stream().mapToInt(Integer::intValue).toArray(),
                ids.stream().map(id -> words.getOrDefault(id, "")).toList());
    }

    private static boolean isLong(String word) {
        return word.codePointCount(0, word.length()) > 1 || Character.isIdeographic(word.codePointAt(0));
    }

    private static Map<Integer, Integer> counts(Vocabulary vocabulary, boolean afterSpace, Iterable<String> texts) {
        Map<String, Integer> words = new HashMap<>();
        for (String text : texts) {
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                written(matcher.group()).forEach(word -> words.merge(word, 1, Integer::sum));
            }
        }
        Map<Integer, Integer> counts = new HashMap<>();
        words.forEach((word, count) -> {
            List<Integer> tokens = vocabulary.encodeWord(word, afterSpace);
            if (tokens.size() == 1) {
                counts.merge(tokens.get(0), count, Integer::sum);
            }
        });
        return counts;
    }

    /** A run of letters; where words have no spaces between them, each stretch of up to so many of its letters. */
    private static Stream<String> written(String run) {
        int[] letters = run.codePoints().toArray();
        if (!TextWords.isWithoutSpaces(letters[0])) {
            return Stream.of(run);
        }
        return IntStream.range(0, letters.length).boxed().flatMap(from -> IntStream.rangeClosed(
                        1, Math.min(LONGEST, letters.length - from))
                .mapToObj(count -> new String(letters, from, count)));
    }

    int size() {
        return ids.length;
    }

    /** Those at these places. */
    WordCandidates at(List<Integer> places) {
        return new WordCandidates(
                places.stream().mapToInt(place -> ids[place]).toArray(),
                places.stream().map(words::get).toList());
    }
}
