package dev.cloze.vocabulary;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Looks through a vocabulary for whole words that resemble a given one. */
final class NearestWords {

    private static final String WORD_STARTS = "\u0120\u2581"; // of byte-level BPE and of SentencePiece

    private record Candidate(String word, double likeness) {}

    private NearestWords() {}

    static List<String> of(Vocabulary vocabulary, TokenTable table, String word, boolean afterSpace, int k) {
        Set<String> pairs = pairs(word);
        return table.tokens().values().stream()
                .filter(token -> !table.specials().contains(token))
                .map(NearestWords::word)
                .filter(NearestWords::isWord)
                .distinct()
                .map(candidate -> new Candidate(candidate, likeness(pairs, pairs(candidate))))
                .filter(candidate -> candidate.likeness > 0)
                .sorted(Comparator.comparingDouble(Candidate::likeness)
                        .reversed()
                        .thenComparing(Candidate::word))
                .map(Candidate::word)
                .filter(candidate ->
                        vocabulary.encodeWord(candidate, afterSpace).size() == 1)
                .limit(k)
                .toList();
    }

    /**
     * The words of these characters alone that the vocabulary has as one token, by its id, ascending.
     *
     * @param isPart whether a code point may be a part of a word
     */
    static SortedMap<Integer, String> all(
            Vocabulary vocabulary, TokenTable table, boolean afterSpace, IntPredicate isPart) {
        SortedMap<Integer, String> words = new TreeMap<>();
        table.tokens().forEach((id, token) -> {
            if (!table.specials().contains(token)) {
                Stream.concat(Stream.of(word(token)), ByteLevel.read(word(token)).stream())
                        .filter(word -> !word.isEmpty() && word.codePoints().allMatch(isPart))
                        .filter(word -> vocabulary.encodeWord(word, afterSpace).equals(List.of(id)))
                        .findFirst()
                        .ifPresent(word -> words.put(id, word));
            }
        });
        return words;
    }

    private static String word(String token) {
        return !token.isEmpty() && WORD_STARTS.indexOf(token.charAt(0)) >= 0 ? token.substring(1) : token;
    }

    private static boolean isWord(String token) {
        return !token.isEmpty() && token.codePoints().allMatch(Character::isLetter);
    }

    /** Shared pairs of neighbouring letters over all (Dice's coefficient): 1 for equal words, 0 for unlike ones. */
    private static double likeness(Set<String> a, Set<String> b) {
        long shared = a.stream().filter(b::contains).count();
        return 2.0 * shared / (a.size() + b.size());
    }

    /** The letter pairs, with the word's two ends marked, so that equal beginnings and endings count. */
    private static Set<String> pairs(String word) {
        String marked = "^" + word.toLowerCase(Locale.ROOT) + "$";
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < marked.length(); i++) {
            pairs.add(marked.substring(i, i + 2));
        }
        return pairs;
    }
}
