package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.engine.ComputeDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {

    private static final int WIDTH = 256;

    @RepeatedTest(200)
    void everyRowIsInOneGroupOfRowsThatAskForEquallyMany(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<TokenRow> rows = new ArrayList<>();
        int count = random.nextInt(1, 120);
        for (int i = 0; i < count; i++) {
            rows.add(row(random.nextInt(1, 257), random.nextInt(1, 4)));
        }
        List<int[]> groups = groups(rows);
        int[] members = groups.stream().flatMapToInt(Arrays::stream).sorted().toArray();
        assertThat(members).isEqualTo(IntStream.range(0, count).toArray());
        for (int[] group : groups) {
            assertThat(Arrays.stream(group)
                            .map(i -> rows.get(i).asked().length)
                            .distinct()
                            .count())
                    .isEqualTo(1);
        }
        long padded = groups.stream().mapToLong(group -> tokens(rows, group)).sum();
        assertThat(padded)
                .isLessThanOrEqualTo(tokens(rows, IntStream.range(0, count).toArray()));
    }

    @Test
    void rowsOfOneLengthAreOneGroup() {
        assertThat(groups(List.of(row(40, 1), row(40, 1), row(40, 1)))).hasSize(1);
    }

    @Test
    void aShortRowIsNotPaddedToALongOne() {
        assertThat(groups(List.of(row(250, 1), row(8, 1), row(8, 1)))).hasSize(2);
    }

    @Test
    void aGpuReadsTextsTogetherUntilItIsBusy() {
        ComputeDevice gpu = new ComputeDevice(0);
        List<TokenRow> few = List.of(row(100, 1), row(8, 1), row(8, 1));
        assertThat(LengthBuckets.of(few, gpu, WIDTH)).hasSize(1);
        List<TokenRow> many = new ArrayList<>(Collections.nCopies(8, row(500, 1)));
        many.addAll(Collections.nCopies(8, row(8, 1)));
        assertThat(LengthBuckets.of(many, gpu, WIDTH)).hasSize(2);
    }

    @Test
    void noRowsAreNoGroups() {
        assertThat(groups(List.of())).isEmpty();
    }

    private static List<int[]> groups(List<TokenRow> rows) {
        return LengthBuckets.of(rows, ComputeDevice.CPU, WIDTH);
    }

    private static long tokens(List<TokenRow> rows, int[] group) {
        return (long) group.length
                * Arrays.stream(group).map(i -> rows.get(i).length()).max().orElseThrow();
    }

    private static TokenRow row(int length, int asks) {
        return new TokenRow(new int[length], new int[length], new int[asks]);
    }
}
