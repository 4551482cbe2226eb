package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

    @Test
    void everyEpochHasEveryExampleOnce() {
        int[] stream = stream(new BatchOrder(10, 4, 1), 25);
        assertThat(stream).hasSize(100);
        for (int epoch = 0; epoch < 10; epoch++) {
            int[] part = Arrays.copyOfRange(stream, epoch * 10, epoch * 10 + 10);
            Arrays.sort(part);
            assertThat(part).containsExactly(IntStream.range(0, 10).toArray());
        }
    }

    @Test
    void epochsAreShuffledDifferently() {
        BatchOrder order = new BatchOrder(100, 100, 1);
        assertThat(order.batch(1)).isNotEqualTo(order.batch(2));
        assertThat(order.batch(1)).isNotEqualTo(IntStream.range(0, 100).toArray());
    }

    @Test
    void aStepsBatchFollowsFromItsNumberAlone() {
        BatchOrder inOrder = new BatchOrder(23, 5, 9);
        int[] stream = stream(inOrder, 40);
        for (int step : new int[] {40, 7, 33, 1}) {
            assertThat(new BatchOrder(23, 5, 9).batch(step))
                    .containsExactly(Arrays.copyOfRange(stream, (step - 1) * 5, step * 5));
        }
    }

    @Test
    void anotherSeedIsAnotherOrder() {
        assertThat(new BatchOrder(50, 50, 1).batch(1)).isNotEqualTo(new BatchOrder(50, 50, 2).batch(1));
    }

    @Test
    void aBatchIsNeverLargerThanTheData() {
        assertThat(new BatchOrder(3, 8, 1).batch(5)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aVeryLateStepIsNoTrouble() {
        assertThat(new BatchOrder(7, 1024, 1).batch(1_000_000)).hasSize(7);
        assertThat(Arrays.stream(new BatchOrder(5000, 1024, 1).batch(1_000_001)))
                .hasSize(1024)
                .allMatch(i -> i >= 0 && i < 5000);
    }

    /** A seed means the same order in every version and on every Java. */
    @Test
    void theOrderOfASeedStays() {
        assertThat(new BatchOrder(10, 10, 42).batch(1)).containsExactly(ORDER_OF_42);
    }

    @Test
    void splittingKeepsEveryExampleInItsPlace() {
        int[][] parts = BatchOrder.split(new int[] {5, 6, 7, 8, 9}, 3);
        assertThat(parts).isEqualTo(new int[][] {{5}, {6, 7}, {8, 9}});
        assertThat(BatchOrder.split(new int[] {5, 6}, 4)).isEqualTo(new int[][] {{5}, {6}});
    }

    @Test
    void streamsAndPartsHaveSeedsOfTheirOwn() {
        Set<Long> seeds = new HashSet<>();
        for (RandomStream stream : RandomStream.values()) {
            for (int seed = 0; seed < 20; seed++) {
                for (int part = 0; part < 500; part++) {
                    seeds.add(stream.seed(seed, part));
                }
            }
        }
        assertThat(seeds).hasSize(RandomStream.values().length * 20 * 500);
    }

    private static final int[] ORDER_OF_42 = {1, 8, 7, 5, 9, 0, 2, 6, 4, 3};

    private static int[] stream(BatchOrder order, int steps) {
        return IntStream.rangeClosed(1, steps)
                .flatMap(step -> Arrays.stream(order.batch(step)))
                .toArray();
    }
}
