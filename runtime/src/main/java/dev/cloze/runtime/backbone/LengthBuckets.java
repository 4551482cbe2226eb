package dev.cloze.runtime.backbone;

import dev.cloze.runtime.engine.ComputeDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups rows of like length, so that hardly any padding is computed.
 *
 * <p>The rows are sorted by length and cut into groups where that is cheapest: a group costs its rows times its longest
 * row, and something for being a call of its own.
 */
public final class LengthBuckets {

    /**
     * What one more call costs, in tokens, times the hidden width; measured by the benchmarks' {@code CallCost}: 100 to
     * 250 tokens at a width of 128, with gradients and without, and 12 to 31 at 768.
     */
    private static final int CALL = 16_384;

    /**
     * The same on a GPU, which in a call of few tokens waits for its next operation: at a width of 768 a training step of 512
     * tokens takes 1.2 times one of 32, and a third of one of 4,096 (docs/reference/gpu.md), about what 1,000 tokens take.
     */
    private static final int CALL_OF_GPU = 768 * 1_000;

    /** Tokens of one call at most, so that activations stay within a few hundred megabytes on the widest encoders. */
    public static final int MOST_TOKENS = 16_384;

    private LengthBuckets() {}

    /** The indices of the rows, in groups; rows of one group ask for equally many positions. */
    public static List<int[]> of(List<TokenRow> rows, ComputeDevice device, int hiddenSize) {
        int[] asked = rows.stream().mapToInt(row -> row.asked().length).toArray();
        int[] lengths = rows.stream().mapToInt(TokenRow::length).toArray();
        return of(asked, lengths, call(device, hiddenSize));
    }

    /** The indices of rows of these lengths, in groups. */
    public static List<int[]> ofLengths(int[] lengths, ComputeDevice device, int hiddenSize) {
        return of(new int[lengths.length], lengths, call(device, hiddenSize));
    }

    private static int call(ComputeDevice device, int hiddenSize) {
        return (device.isCpu() ? CALL : CALL_OF_GPU) / hiddenSize;
    }

    private static List<int[]> of(int[] asked, int[] lengths, int call) {
        int[] sorted = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> asked[i]).thenComparingInt(i -> lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> groups = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= sorted.length; to++) {
            if (to == sorted.length || asked[sorted[to]] != asked[sorted[from]]) {
                cut(lengths, java.util.Arrays.copyOfRange(sorted, from, to), call, groups);
                from = to;
            }
        }
        return groups;
    }

    /** best[i] is the least cost of the first i rows; the last group's longest row is row i - 1, as they are sorted. */
    private static void cut(int[] lengths, int[] sorted, int call, List<int[]> groups) {
        int count = sorted.length;
        long[] best = new long[count + 1];
        int[] start = new int[count + 1];
        for (int i = 1; i <= count; i++) {
            best[i] = Long.MAX_VALUE;
            long longest = lengths[sorted[i - 1]];
            for (int j = i - 1; j >= 0 && (j == i - 1 || (i - j) * longest <= MOST_TOKENS); j--) {
                long cost = best[j] + (i - j) * longest + call;
                if (cost < best[i]) {
                    best[i] = cost;
                    start[i] = j;
                }
            }
        }
        int before = groups.size();
        for (int end = count; end > 0; end = start[end]) {
            groups.add(before, java.util.Arrays.copyOfRange(sorted, start[end], end));
        }
    }
}
