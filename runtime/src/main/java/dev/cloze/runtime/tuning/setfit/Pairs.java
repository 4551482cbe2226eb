package dev.cloze.runtime.tuning.setfit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Pairs of examples, alike where their labels are the same, as many of either kind: the kind of which there are fewer is repeated
 * (Tunstall et al. 2022, SetFit, arXiv 2209.11055, section 3; its code calls this oversampling). An example is a pair with itself
 * too.
 *
 * @param first the index of each pair's first example
 * @param second likewise, of its second
 * @param alike whether their labels are the same
 */
record Pairs(int[] first, int[] second, boolean[] alike) {

    private record Pair(int first, int second) {}

    /**
     * The pairs of a training set.
     *
     * @param labels of the examples, of two labels at least
     * @param most how many there may be; where there are more, they are drawn
     */
    static Pairs of(int[] labels, int most, long seed) {
        List<Pair> alike = new ArrayList<>();
        List<Pair> unlike = new ArrayList<>();
        long all = (long) labels.length * (labels.length + 1) / 2;
        if (all <= SetFitStrategy.MOST_PAIRS) {
            for (int i = 0; i < labels.length; i++) {
                for (int j = i; j < labels.length; j++) {
                    (labels[i] == labels[j] ? alike : unlike).add(new Pair(i, j));
                }
            }
        } else {
            draw(labels, most, new SplittableRandom(seed), alike, unlike);
        }
        Random random = new Random(seed);
        Collections.shuffle(alike, random);
        Collections.shuffle(unlike, random);
        return balanced(alike, unlike, Math.min(Math.max(alike.size(), unlike.size()), Math.max(1, most / 2)));
    }

    private static void draw(int[] labels, int most, SplittableRandom random, List<Pair> alike, List<Pair> unlike) {
        while (alike.size() < most / 2 || unlike.size() < most / 2) {
            Pair pair = new Pair(random.nextInt(labels.length), random.nextInt(labels.length));
            List<Pair> kind = labels[pair.first()] == labels[pair.second()] ? alike : unlike;
            if (kind.size() < most / 2) {
                kind.add(pair);
            }
        }
    }

    /** So many of each kind, by turns. */
    private static Pairs balanced(List<Pair> alike, List<Pair> unlike, int each) {
        Pairs pairs = new Pairs(new int[2 * each], new int[2 * each], new boolean[2 * each]);
        for (int i = 0; i < 2 * each; i++) {
            List<Pair> kind = i % 2 == 0 ? alike : unlike;
            Pair pair = kind.get(i / 2 % kind.size());
            pairs.first[i] = pair.first();
            pairs.second[i] = pair.second();
            pairs.alike[i] = i % 2 == 0;
        }
        return pairs;
    }

    int size() {
        return alike.length;
    }
}
