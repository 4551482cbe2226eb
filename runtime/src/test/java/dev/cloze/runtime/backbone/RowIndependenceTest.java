package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A row among longer and shorter ones, in any order, is what it is alone: padding and neighbours change nothing. Encoders have
 * their own test, of padding on the left too; what writes pads on the right alone.
 */
class RowIndependenceTest {

    private static final int[] NONE = {};
    private static final int[][] ORDERS = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}};

    private final Random random = new Random(11);
    private final List<TextRow> rows = List.of(row(5, 3), row(1, 9), row(12, 1), row(7, 4));

    private TextRow row(int source, int target) {
        return new TextRow(
                random.ints(source, 3, 60).toArray(), random.ints(target, 3, 60).toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parity-decoder/gpt2",
                "parity-decoder/llama3",
                "parity-decoder/qwen3",
                "parity-t5/t5",
                "parity-t5/t5-v1_1",
                "parity-t5/umt5"
            })
    void aRowAmongOthersInAnyOrderIsWhatItIsAlone(String name) throws IOException {
        try (TextBackbone backbone = (TextBackbone) TinyBackbones.load(name);
                TextBackbone exact = backbone.withWeights(SoftInputs.doubles(backbone))) {
            List<double[]> alone =
                    rows.stream().map(row -> all(exact, List.of(row)).get(0)).toList();
            List<double[]> rounded =
                    rows.stream().map(row -> all(backbone, List.of(row)).get(0)).toList();
            for (int[] order : ORDERS) {
                List<TextRow> batch = Arrays.stream(order).mapToObj(rows::get).toList();
                assertAlone(all(exact, batch), order, alone, 1e-10);
                assertAlone(all(backbone, batch), order, rounded, 2e-5);
                assertAlone(inBuckets(backbone, batch), order, rounded, 2e-5);
            }
        }
    }

    private static void assertAlone(List<double[]> found, int[] order, List<double[]> alone, double precision) {
        for (int r = 0; r < order.length; r++) {
            double[] expected = alone.get(order[r]);
            double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(found.get(r))
                    .as("row %d of %s", r, Arrays.toString(order))
                    .containsExactly(Arrays.copyOf(expected, found.get(r).length), within(precision * largest));
        }
    }

    /** Of each row: the loss of its target and the logits at its mask, as they are trained; then the first steps of writing. */
    private static List<double[]> all(TextBackbone backbone, List<TextRow> batch) {
        try (NDManager scope = backbone.memory().newSubManager()) {
            double[] losses = numbers(backbone.targetLoss(scope, batch, Dropout.NONE, Injection.NONE));
            double[] logits = numbers(backbone.logits(scope, masked(batch), NONE, false, Dropout.NONE, Injection.NONE));
            List<int[]> prompts = batch.stream().map(TextRow::source).toList();
            int[] each = IntStream.range(0, batch.size()).toArray();
            try (Decoding decoding = backbone.read(prompts, 2, Injection.NONE)) {
                double[] first = numbers(decoding.logits());
                decoding.advance(
                        each, batch.stream().mapToInt(row -> row.target()[0]).toArray());
                double[] second = numbers(decoding.logits());
                return Arrays.stream(each)
                        .mapToObj(r -> joined(r, batch.size(), losses, logits, first, second))
                        .toList();
            }
        }
    }

    /** The first half of it, as it is computed without gradients: sorted by length. */
    private static List<double[]> inBuckets(TextBackbone backbone, List<TextRow> batch) {
        double[] losses = backbone.targetLosses(batch);
        float[][][] scores = backbone.scores(masked(batch), NONE, false);
        double[] logits = Arrays.stream(scores)
                .flatMapToDouble(row -> IntStream.range(0, row[0].length).mapToDouble(word -> row[0][word]))
                .toArray();
        return IntStream.range(0, batch.size())
                .mapToObj(r -> joined(r, batch.size(), losses, logits))
                .toList();
    }

    /** Row r of each of the arrays. */
    private static double[] joined(int r, int rows, double[]... arrays) {
        return Arrays.stream(arrays)
                .flatMapToDouble(array -> Arrays.stream(array, r * array.length / rows, (r + 1) * array.length / rows))
                .toArray();
    }

    private static List<TokenRow> masked(List<TextRow> batch) {
        return batch.stream()
                .map(row -> {
                    int[] ids = Arrays.copyOf(row.source(), row.source().length + 1);
                    ids[row.source().length] = 2;
                    return new TokenRow(ids, new int[ids.length], new int[] {row.source().length});
                })
                .toList();
    }

    private static double[] numbers(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
