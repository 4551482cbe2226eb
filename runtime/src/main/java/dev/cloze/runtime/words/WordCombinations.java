package dev.cloze.runtime.words;

import dev.cloze.runtime.search.WordFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * One word for each label, tried in every combination of the likeliest ones (Gao et al. 2021, LM-BFF, arXiv 2012.15723,
 * section 5.1): ranked by how well they fit the training examples, as the untrained model answers them.
 */
final class WordCombinations {

    /** Combinations tried at most. */
    private static final double MOST = 1e6;

    private static final Comparator<Combination> BEST_FIRST = Comparator.comparingDouble(
                    (Combination one) -> -one.fit())
            .thenComparingInt(Combination::rank)
            .thenComparing(Combination::places, Arrays::compare);

    private final float[][][] logits;
    private final WordFit fit;
    private final int[][] ids;
    private final int most;

    /**
     * @param places the rank of each label's word among its own, from 0
     * @param fit how well it fits the training examples
     */
    record Combination(int[] places, double fit) {

        /** Of equals the one whose words are ranked higher in sum is better. */
        int rank() {
            return Arrays.stream(places).sum();
        }
    }

    /**
     * Words to be combined.
     *
     * @param logits [example][label][rank]: what the model says of the words of each label
     * @param fit to the examples
     * @param ids [label][rank]: the words' tokens, none of which stands for two labels at once
     * @param most how many combinations are kept
     */
    WordCombinations(float[][][] logits, WordFit fit, int[][] ids, int most) {
        this.logits = logits;
        this.fit = fit;
        this.ids = ids;
        this.most = most;
    }

    /** How many words of each label can be combined: at most so many, and no more than a million combinations. */
    static int width(int wanted, int labels) {
        int width = wanted;
        while (width > 1 && Math.pow(width, labels) > MOST) {
            width--;
        }
        return width;
    }

    /** The best combinations, the best first; of equals the one whose words are ranked higher. */
    List<Combination> best() {
        PriorityQueue<Combination> kept = new PriorityQueue<>(BEST_FIRST.reversed());
        int[] places = new int[ids.length];
        do {
            if (areDistinct(places)) {
                kept.add(new Combination(places.clone(), fit.of(logits, places)));
                if (kept.size() > most) {
                    kept.remove();
                }
            }
        } while (next(places));
        List<Combination> sorted = new ArrayList<>(kept);
        sorted.sort(BEST_FIRST);
        return List.copyOf(sorted);
    }

    private boolean areDistinct(int[] places) {
        for (int a = 0; a < places.length; a++) {
            for (int b = 0; b < a; b++) {
                if (ids[a][places[a]] == ids[b][places[b]]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Counts on; false after the last. */
    private boolean next(int[] places) {
        for (int label = places.length - 1; label >= 0; label--) {
            places[label]++;
            if (places[label] < ids[label].length) {
                return true;
            }
            places[label] = 0;
        }
        return false;
    }
}
