package dev.cloze.runtime.tuning.ipet;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Draws so many of a row of candidates without replacement, each time one of those left with a probability proportional to its
 * weight; in one pass, and with no more in memory than are drawn.
 *
 * <p>Each candidate waits for an exponential time of its weight as rate, and the first so many are drawn (Efraimidis and Spirakis
 * 2006, Information Processing Letters 97: equal in distribution to drawing one after the other).
 */
final class WeightedDraw {

    private record Candidate(int index, double time) {}

    private final int count;
    private final SplittableRandom random;
    private final PriorityQueue<Candidate> first =
            new PriorityQueue<>(Comparator.comparingDouble(Candidate::time).reversed());

    WeightedDraw(int count, long seed) {
        this.count = count;
        this.random = new SplittableRandom(seed);
    }

    /** The next candidate, of a weight above 0; the same may come several times, to be drawn as often at most. */
    void offer(int index, double weight) {
        double time = -Math.log(1 - random.nextDouble()) / weight;
        if (count == 0 || (first.size() == count && first.element().time() <= time)) {
            return;
        }
        if (first.size() == count) {
            first.remove();
        }
        first.add(new Candidate(index, time));
    }

    /** The drawn ones, in ascending order. */
    int[] drawn() {
        return first.stream().mapToInt(Candidate::index).sorted().toArray();
    }
}
