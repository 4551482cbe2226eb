package dev.cloze.runtime.tuning.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The words that all members rank, in the order of the first: templates with and without a space before the mask rank other words of
 * an open vocabulary.
 *
 * @param texts the words
 * @param places for each member where each word stands among its own; null where its own are these
 */
record CommonWords(List<String> texts, List<int @Nullable []> places) {

    static CommonWords of(List<List<String>> each) {
        List<String> first = each.get(0);
        if (each.stream().allMatch(first::equals)) {
            return new CommonWords(first, Collections.nCopies(each.size(), null));
        }
        List<Map<String, Integer>> known =
                each.stream().map(CommonWords::placesByText).toList();
        List<String> texts = first.stream()
                .filter(text -> known.stream().allMatch(places -> places.containsKey(text)))
                .toList();
        List<int @Nullable []> places = new ArrayList<>();
        known.forEach(of -> places.add(texts.stream().mapToInt(of::get).toArray()));
        return new CommonWords(texts, places);
    }

    private static Map<String, Integer> placesByText(List<String> words) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            places.putIfAbsent(words.get(i), i);
        }
        return places;
    }

    /** Where the word at that place of the first member stands among these. */
    OptionalInt placeOf(int first) {
        int[] of = places.get(0);
        if (of == null) {
            return OptionalInt.of(first);
        }
        int place = Arrays.binarySearch(of, first); // those of the first stand in its order
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** The scores of these words out of all scores of a member. */
    float[] of(int member, float[] scores) {
        int[] of = places.get(member);
        if (of == null) {
            return scores;
        }
        float[] common = new float[of.length];
        IntStream.range(0, of.length).forEach(i -> common[i] = scores[of[i]]);
        return common;
    }
}
