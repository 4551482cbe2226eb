package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.runtime.training.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Sets of demonstrations that follow from a seed alone, so that all inputs, and all threads, have the same. */
public final class ShuffledSets {

    private ShuffledSets() {}

    /**
     * One example of every label, in the order of the labels: each set has the label's next example in an order by the
     * seed, so that none comes a second time before all have come, and then beside others.
     *
     * @return [set][label]
     */
    public static int[][] oneOfEach(DemonstrationPool pool, int sets, long seed) {
        int[][] drawn = new int[sets][pool.labels()];
        for (int label = 0; label < pool.labels(); label++) {
            int[] order = order(pool.ofLabel(label), seed, label);
            for (int set = 0; set < sets; set++) {
                drawn[set][label] = inTurn(order, set, label);
            }
        }
        return drawn;
    }

    /** The element of a label's order for a set: each once in every round, and in the next round beside others of other labels. */
    static int inTurn(int[] order, int set, int label) {
        int round = set / order.length;
        return order[(int) ((set + (long) round * label) % order.length)];
    }

    /**
     * As many of every label as have room, in an order by the seed that is not that of the labels.
     *
     * @param ofEach how many of a label at most
     * @param room tokens they may have together
     * @return [set][place]; labels take turns, so that they differ by one example at most where no example is too long; a set goes
     *     on in each label's order where the one before it ended
     */
    public static int[][] asManyAsFit(DemonstrationPool pool, int sets, int ofEach, int room, long seed) {
        int[][] orders = IntStream.range(0, pool.labels())
                .mapToObj(label -> order(pool.ofLabel(label), seed, label))
                .toArray(int[][]::new);
        int[][] chosen = chosen(pool, orders, sets, ofEach, room);
        return IntStream.range(0, sets)
                .mapToObj(set -> order(chosen[set], seed, -1L - set))
                .toArray(int[][]::new);
    }

    /**
     * As many of every label as have room, in these orders.
     *
     * @param orders for each label its examples, of which there may be none
     * @return [set][place]
     */
    static int[][] chosen(DemonstrationPool pool, int[][] orders, int sets, int ofEach, int room) {
        int[] from = new int[orders.length];
        int[][] chosen = new int[sets][];
        for (int set = 0; set < sets; set++) {
            chosen[set] = chosen(pool, orders, from, ofEach, room);
        }
        return chosen;
    }

    /** @param from where each label's order is to be gone on in; moved behind the last one that was taken, or tried if none was */
    private static int[] chosen(DemonstrationPool pool, int[][] orders, int[] from, int ofEach, int room) {
        IntStream.Builder chosen = IntStream.builder();
        int[] next = Arrays.stream(from).map(start -> start + ofEach).toArray();
        int left = room;
        for (int round = 0; round < ofEach; round++) {
            for (int label = 0; label < orders.length; label++) {
                int[] order = orders[label];
                if (round >= order.length) {
                    continue;
                }
                int example = order[(from[label] + round) % order.length];
                int length = pool.at(example).length();
                if (length <= left) {
                    chosen.add(example);
                    left -= length;
                    next[label] = from[label] + round + 1;
                }
            }
        }
        System.arraycopy(next, 0, from, 0, next.length);
        return chosen.build().toArray();
    }

    /** The elements in an order that follows from the seed. */
    static int[] order(int[] elements, long seed, long part) {
        SplittableRandom random = new SplittableRandom(RandomStream.DEMONSTRATIONS.seed(seed, part));
        int[] order = elements.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
