package dev.cloze.runtime.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each run of n neighbours occurs.
 *
 * @param counts the runs and their numbers
 */
record NGrams<T>(Map<List<T>, Integer> counts) {

    static <T> NGrams<T> of(List<T> items, int n) {
        Map<List<T>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= items.size(); i++) {
            counts.merge(items.subList(i, i + n), 1, Integer::sum);
        }
        return new NGrams<>(counts);
    }

    /** Each run as often as it occurs in the one that has more of it. */
    NGrams<T> union(NGrams<T> other) {
        Map<List<T>, Integer> most = new HashMap<>(counts);
        other.counts.forEach((gram, count) -> most.merge(gram, count, Math::max));
        return new NGrams<>(most);
    }

    /** How many runs both have. */
    long common(NGrams<T> other) {
        long common = 0;
        for (Map.Entry<List<T>, Integer> gram : counts.entrySet()) {
            common += Math.min(gram.getValue(), other.counts.getOrDefault(gram.getKey(), 0));
        }
        return common;
    }

    /** How many runs there are, repeated ones as often as they occur. */
    long total() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
