package dev.cloze.runtime.verbalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A vocabulary of given tokens; a hyphen in a word parts its tokens, case is ignored, id 0 is unknown. */
record WordList(List<String> tokens) implements LabelVocabulary {

    static WordList of(String... tokens) {
        return new WordList(List.of(tokens));
    }

    @Override
    public List<Integer> encodeWord(String word, boolean afterSpace) {
        List<Integer> ids = new ArrayList<>();
        for (String piece : word.toLowerCase(Locale.ROOT).split("-", -1)) {
            ids.add(Math.max(0, tokens.indexOf(piece)));
        }
        return ids;
    }

    @Override
    public OptionalInt unknownId() {
        return OptionalInt.of(0);
    }

    @Override
    public String token(int id) {
        return tokens.get(id);
    }

    @Override
    public List<String> nearestSingleTokenWords(String word, boolean afterSpace, int k) {
        return tokens.stream()
                .filter(token -> token.charAt(0) == word.charAt(0))
                .limit(k)
                .toList();
    }

    @Override
    public SortedMap<Integer, String> wholeWords(boolean afterSpace) {
        SortedMap<Integer, String> words = new TreeMap<>();
        IntStream.range(1, tokens.size()).forEach(id -> words.put(id, tokens.get(id)));
        return words;
    }
}
