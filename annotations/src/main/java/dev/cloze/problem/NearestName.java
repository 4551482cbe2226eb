package dev.cloze.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name somebody probably meant. */
public final class NearestName {

    private NearestName() {}

    /** The candidate with the fewest edits from the name, if at most a third of the name's letters (and 2) differ. */
    public static Optional<String> of(String name, Collection<String> candidates) {
        int limit = Math.max(2, name.length() / 3);
        return candidates.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
                .filter(candidate -> edits(name, candidate) <= limit);
    }

    /** The sentence {@code Did you mean "x"?}, or nothing. */
    public static String suggestion(String name, Collection<String> candidates) {
        return of(name, candidates)
                .map(nearest -> "Did you mean \"" + nearest + "\"?")
                .orElse("");
    }

    /** The candidates with the fewest edits from the name, the nearest first; at most k. */
    public static List<String> nearest(String name, Collection<String> candidates, int k) {
        return candidates.stream()
                .distinct()
                .sorted(Comparator.comparingInt((String candidate) -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .toList();
    }

    private static int edits(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
