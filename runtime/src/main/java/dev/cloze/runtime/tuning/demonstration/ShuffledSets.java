package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.runtime.training.RandomStream;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Sets of demonstrations that follow from a seed alone, so that all inputs, and all threads, have the same. */
public final class ShuffledSets {

    private ShuffledSets() {}

    /**
     * One example of every label, in the order of the labels: each set has the label's next example in an order by the
     * seed, so that none comes a second time before all have come.
     *
     * @return [set][label]
     */
    public static int[][] oneOfEach(DemonstrationPool pool, int sets, long seed) {
        int[][] drawn = new int[sets][pool.labels()];
        for (int label = 0; label < pool.labels(); label++) {
            int[] order = order(pool.ofLabel(label), seed, label);
            for (int set = 0; set < sets; set++) {
                drawn[set][label] = order[set % order.length];
            }
        }
        return drawn;
    }

    /**
     * As many of every label as have room, in an order by the seed that is not that of the labels.
     *
     * @param ofEach how many of a label at most
     * @param room tokens they may have together
     * @return [set][place]; labels take turns, so that they differ by one example at most where no example is too long
     */
    public static int[][] asManyAsFit(DemonstrationPool pool, int sets, int ofEach, int room, long seed) {
        int[][] orders = IntStream.range(0, pool.labels())
                .mapToObj(label -> order(pool.ofLabel(label), seed, label))
                .toArray(int[][]::new);
        return IntStream.range(0, sets)
                .mapToObj(set -> order(chosen(pool, orders, set, ofEach, room), seed, -1L - set))
                .toArray(int[][]::new);
    }

    static int[] chosen(DemonstrationPool pool, int[][] orders, int set, int ofEach, int room) {
        IntStream.Builder chosen = IntStream.builder();
        int left = room;
        for (int round = 0; round < ofEach; round++) {
            for (int[] order : orders) {
                if (round < order.length) {
                    int example = order[(set * ofEach + round) % order.length];
                    int length = pool.at(example).length();
                    if (length <= left) {
                        chosen.add(example);
                        left -= length;
                    }
                }
            }
        }
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
